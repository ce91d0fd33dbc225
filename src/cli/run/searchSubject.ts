import { existsSync } from "node:fs";
import { type Benchmark, estimationFromTable, type Labels } from "../../benchmark/index.js";
import { AssayError, suggestName } from "../../errors.js";
import { labelUnits } from "../../experiment/labelUnits.js";
import type { SearchTraining } from "../../experiment/searchReport.js";
import { type SearchSetup, setUpSpaceSearch, setUpTableSearch } from "../../experiment/searchSetup.js";
import type { WorkerPool } from "../../kernels/pool.js";
import type { Catalogue } from "../../space/catalogue.js";
import type { CostView, SearchSpace } from "../../space/contract.js";
import { createSpace, spaces } from "../../space/index.js";
import { parseSpec } from "../../spec.js";
import type { ObjectiveOptions } from "../../strategy/index.js";
import { loadSpaceFile } from "../../study/spaceFile.js";
import type { Session } from "../session.js";
import { limitBenchmark, limitSpace, objectiveCosts } from "./limits.js";
import { asksForTraining, openLiveSubject } from "./liveSubject.js";
import { openNamedBenchmark, openNamedEstimation } from "./openBenchmark.js";
import { type AskingStudy, checkOwnOptions, openOwnEvaluation, ownEvaluationOption } from "./ownEvaluation.js";
import type { SearchCommandOptions } from "./searchOptions.js";

export interface SearchSettings {
  readonly strategy: string;
  readonly seed: number;
  readonly batch: number | undefined;
  /** Evaluations at the same time. */
  readonly parallel: number | undefined;
  readonly pool: WorkerPool;
  readonly study: AskingStudy;
  /** See `readObjectives`; the label alone where absent. */
  readonly objectives?: string | undefined;
  readonly objectiveOptions?: ObjectiveOptions | undefined;
}

/** What is searched, and where its measurements come from. */
export type SearchSubject = {
  readonly space: SearchSpace;
  /** Units of the label and the metrics. */
  readonly units: Readonly<Record<string, string>>;
  /** Costs that objectives may be; where it is absent, those of the space. */
  readonly costs?: CostView | undefined;
  /** Whether its trials are kept also where no study is named: what takes long must not be lost. */
  readonly isKept?: boolean;
  /** How many times a failed trial is tried again unless --retries says otherwise. Default 0. */
  readonly retries?: number;
  readonly setUp: (settings: SearchSettings) => {
    readonly setup: SearchSetup;
    readonly table?: { readonly benchmark: Benchmark; readonly labels: Labels };
    readonly training?: SearchTraining;
  };
} & (
  | { readonly kind: "table"; readonly benchmark: Benchmark }
  | { readonly kind: "own" }
  | { readonly kind: "trainer"; readonly benchmark?: Benchmark }
);

/** Opens what the options name: a benchmark, or a space with an evaluator, or either with the built-in trainer. */
export async function openSubject(session: Session, options: SearchCommandOptions): Promise<SearchSubject> {
  const own = ownEvaluationOption(options);
  checkOwnOptions(options);
  if (asksForTraining(options)) return openLiveSubject(session, options);
  if (options.benchmark !== undefined) {
    if (options.space !== undefined || own !== undefined) {
      throw new AssayError(
        "bad-options",
        "--benchmark brings its own space and measurements: it cannot be combined with --space, --evaluate, --command, --http or --queue.",
      );
    }
    const whole = await openNamedBenchmark(session, options.benchmark);
    const benchmark = await limitBenchmark(session, whole, options);
    const table = await openNamedEstimation(session, benchmark, options.estimationCode);
    const estimation = table && estimationFromTable(table);
    return {
      kind: "table",
      benchmark,
      space: benchmark.space,
      costs: await objectiveCosts(session, whole.space, options, whole),
      units: labelUnits(benchmark, options.label),
      setUp: (settings) => {
        const { labels, ...setup } = setUpTableSearch({
          ...settings,
          benchmark,
          estimation,
          label: options.label,
        });
        return { setup, table: { benchmark, labels } };
      },
    };
  }
  if (options.space === undefined || own === undefined) {
    const missing = options.space === undefined ? "--space" : "--evaluate";
    const both = options.space === undefined && own === undefined;
    throw new AssayError(
      "nothing-to-search",
      both ? "There is nothing to search yet." : `${missing} is missing.`,
      "Give --benchmark NAME (see `assay benchmarks`), or --space FILE with --evaluate MODULE, --command PROGRAM, --http URL or --queue, or --space NAME with --train DATASET.",
    );
  }
  if (options.label !== undefined) {
    throw new AssayError("bad-options", `--label belongs to --benchmark: here the label is what ${own} gives.`);
  }
  const space = await limitSpace(session, await openSpace(options.space), options);
  const openFor = await openOwnEvaluation(session, options);
  return {
    kind: "own",
    space,
    units: {},
    costs: await objectiveCosts(session, space, options),
    ...(options.evaluate === undefined ? { isKept: true, retries: 1 } : {}),
    setUp: (settings) => {
      const { evaluator, estimation } = openFor(settings.study);
      const codes = estimation && ((catalogue: Catalogue) => estimation(catalogue, settings.seed));
      const atOnce = settings.parallel ?? 1;
      return { setup: setUpSpaceSearch({ ...settings, atOnce, space, evaluator, estimation: codes }) };
    },
  };
}

/** A space by name, with options where it has any, or from a file. */
async function openSpace(given: string): Promise<SearchSpace> {
  const isName = /^[\w-]+([:(].*)?$/.test(given) && !existsSync(given);
  if (isName && Object.hasOwn(spaces, parseSpec(given).name)) return createSpace(given);
  try {
    return await loadSpaceFile(given);
  } catch (error) {
    if (isName && error instanceof AssayError && error.code === "no-space-file") {
      const hint = suggestName(given, Object.keys(spaces));
      throw new AssayError(error.code, `There is no space and no file "${given}".`, hint, { cause: error });
    }
    throw error;
  }
}
