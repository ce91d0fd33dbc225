import { existsSync, readFileSync } from "node:fs";
import { AssayError, unreadableFile } from "../../errors.js";
import { readEarlierTrials } from "../../experiment/earlierTrials.js";
import type { SearchSetup } from "../../experiment/searchSetup.js";
import type { Catalogue } from "../../space/catalogue.js";
import type { Observation } from "../../strategy/contract.js";
import { valuesOf } from "../../strategy/objectives.js";
import type { Storage } from "../../study/index.js";
import { openStorage } from "../../study/openStorage.js";
import { defaultStorage } from "./defaultStorage.js";
import type { SearchCommandOptions } from "./searchOptions.js";
import type { SearchSubject } from "./searchSubject.js";

type SetUp = ReturnType<SearchSubject["setUp"]>;

/** Where labels come from. */
interface LabelSource {
  readonly table: SetUp["table"] | undefined;
  readonly training: SetUp["training"] | undefined;
}

/** The evaluations that `--warm-start` names; none where it names nothing. Those that lack an objective are left out. */
export async function readWarmStart(
  options: SearchCommandOptions,
  setup: SearchSetup,
  source: LabelSource,
): Promise<readonly Observation[]> {
  const { warmStart } = options;
  if (warmStart === undefined) return [];
  const { catalogue, objectives } = setup;
  const observations = /\.json$/i.test(warmStart)
    ? readSearch(warmStart, options, setup, source)
    : /\.csv$/i.test(warmStart)
      ? (await import("../../experiment/earlierEvaluations.js")).readEvaluationsCsv(
          readText(warmStart),
          warmStart,
          catalogue,
        )
      : await readStudy(warmStart, options, catalogue);
  if (objectives === undefined) return observations;
  return observations.flatMap((observation) => {
    const values = valuesOf(objectives, observation);
    return typeof values === "string" ? [] : [{ ...observation, values }];
  });
}

function readSearch(
  path: string,
  { seed }: SearchCommandOptions,
  setup: SearchSetup,
  { table, training }: LabelSource,
) {
  return readEarlierTrials(readText(path), path, setup.catalogue, {
    benchmark: table?.benchmark.name,
    packChecksum: table?.benchmark.metadata.checksum,
    seed,
    label: training === undefined && table !== undefined ? table.labels.rule : setup.evaluator.name,
    training,
  });
}

/** The successful trials of a study, of whatever space, as long as its architectures are of ours. */
async function readStudy(name: string, options: SearchCommandOptions, catalogue: Catalogue): Promise<Observation[]> {
  const path = options.storage ?? defaultStorage();
  if (!existsSync(path) || /[\\/]/.test(name)) {
    throw new AssayError(
      "no-file",
      `--warm-start ${name} is no .csv and no .json, and there is no file ${path} with a study of that name.`,
      "Give a file of earlier evaluations, or the name of a study.",
    );
  }
  const storage: Storage = await openStorage(path, { mustExist: true });
  try {
    return storage.trials(name, { states: ["done"], curves: false }).map(({ architecture, number, result }) => {
      try {
        const id = catalogue.idOf(catalogue.space.parse(architecture));
        return { architecture: id, label: result!.label, metrics: result!.metrics ?? {} };
      } catch (error) {
        throw new AssayError(
          "other-space",
          `--warm-start ${name}: trial ${number} is no architecture of ${catalogue.space.name}: ${(error as Error).message}`,
          "Give a study of the same space.",
          { cause: error },
        );
      }
    });
  } finally {
    storage.close();
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw unreadableFile(path, error);
  }
}
