import { useRef } from "preact/hooks";
import type { TrialColumns } from "../../../src/view/contract.js";
import { useSource } from "../sources/sourceContext.js";
import { loadTrials, noTrials } from "./trialTable.js";
import { type Loaded, useView } from "./useView.js";

/** All trials of a study, kept up to date; only what may have changed is loaded again. */
export function useTrials(name: string): Loaded<TrialColumns> {
  const source = useSource();
  const known = useRef({ name, columns: noTrials });
  if (known.current.name !== name) known.current = { name, columns: noTrials };
  return useView(`trials ${name}`, [name], async (show) => {
    const columns = await loadTrials(source, name, known.current.columns, show);
    known.current = { name, columns };
    return columns;
  });
}
