import { readFileSync } from "node:fs";
import { unreadableFile } from "../../errors.js";
import { readEarlierTrials } from "../../experiment/earlierTrials.js";
import type { SearchSetup } from "../../experiment/searchSetup.js";
import type { Observation } from "../../strategy/contract.js";
import type { SearchCommandOptions } from "./searchOptions.js";
import type { SearchSubject } from "./searchSubject.js";

type SetUp = ReturnType<SearchSubject["setUp"]>;

/** Where labels come from. */
interface LabelSource {
  readonly table: SetUp["table"] | undefined;
  readonly training: SetUp["training"] | undefined;
}

/** The evaluations that `--warm-start` names; none where it names nothing. */
export function readWarmStart(
  { warmStart, seed }: SearchCommandOptions,
  setup: SearchSetup,
  { table, training }: LabelSource,
): readonly Observation[] {
  if (warmStart === undefined) return [];
  return readEarlierTrials(readText(warmStart), warmStart, setup.catalogue, {
    benchmark: table?.benchmark.name,
    packChecksum: table?.benchmark.metadata.checksum,
    seed,
    label: training === undefined && table !== undefined ? table.labels.rule : setup.evaluator.name,
    training,
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw unreadableFile(path, error);
  }
}
