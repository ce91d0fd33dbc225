import type { CompareView } from "../../../../src/view/contract.js";
import { CompareCurves } from "./compareCurves.js";
import { FinalStrip } from "./finalStrip.js";
import { TargetTable } from "./targetTable.js";

/** Curves, queries to the target, and where the runs end. */
export function ComparedFigures({ view }: { readonly view: CompareView }) {
  return (
    <div class="grid is-pair">
      <CompareCurves view={view} />
      <div class="stack">
        <TargetTable view={view} />
        <FinalStrip view={view} />
      </div>
    </div>
  );
}
