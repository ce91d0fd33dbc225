import { AssayError, suggestName } from "../../errors.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { createGenerator } from "../../random/index.js";
import { version } from "../../version.js";
import { requireCount } from "../counts.js";
import type { ExperimentProgress } from "../progress.js";
import { runPieces } from "../runPieces.js";
import { setUpTableSearch } from "../searchSetup.js";
import { type SharedBenchmark, shareBenchmark } from "../sharedBenchmark.js";
import type { ProtocolTaskInput } from "../tasks.js";
import type { Reproduction, ReproductionMethod } from "./contract.js";
import { type ReproductionEstimate, secondsPerRun } from "./estimate.js";
import { type PlannedRun, planRuns } from "./plan.js";
import type { ProtocolRun } from "./protocolRun.js";
import type { ReproduceReport } from "./report.js";
import { keepRuns, openRunsFile } from "./runsFile.js";
import { mostEvaluated } from "./siamese.js";
import { openSubjects, type Subject, type SubjectSource } from "./subjects.js";
import { summarisePanel } from "./summary.js";

/** A figure or table of a publication, made again. */
export interface ReproduceOptions {
  readonly reproduction: Reproduction;
  /** Runs of each method at each N under each label rule. */
  readonly seeds: number;
  /** Seed of the first run; the others follow it one by one. Default 1. */
  readonly firstSeed?: number;
  /** Names of methods; all of the reproduction where absent. */
  readonly methods?: readonly string[] | undefined;
  /** Label rules. */
  readonly labels: readonly string[];
  /** N of curves that grow with N; the reproduction's own where absent. */
  readonly samples?: readonly number[] | undefined;
  /** A benchmark in place of the published ones; nothing reported is compared with it. */
  readonly benchmark?: string | undefined;
  /** Estimation code in place of the benchmark's first. */
  readonly code?: string | undefined;
  readonly source: SubjectSource;
  /** File that keeps finished runs for later calls. Default: they are kept in memory only. */
  readonly runsFile?: string | undefined;
  /** Runs nothing: only what the file holds is summarised. */
  readonly onlyStored?: boolean | undefined;
  /** Threads that hold `experimentTasks`. The results do not depend on their number. */
  readonly pool: WorkerPool;
  /** Stops the runs; the report then holds what was finished. Close the pool too, not to wait for running fits. */
  readonly signal?: AbortSignal | undefined;
  /** Called before the first run. */
  readonly onEstimate?: (estimate: ReproductionEstimate) => void;
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
}

/**
 * Runs all that a figure needs, each run once, and summarises it. Methods share the labels of a seed and, where they draw at random,
 * the N; differences between methods are taken over equal seeds.
 *
 * @example
 * const report = await reproduce({
 *   reproduction: reproductions["siamese-fig6a"], seeds: 100, labels: ["mean"], source: { openBenchmark, openEstimation }, pool,
 * });
 */
export async function reproduce(options: ReproduceOptions): Promise<ReproduceReport> {
  const { reproduction, seeds, firstSeed = 1, labels, samples, pool, signal } = options;
  requireCount("seeds", seeds);
  const opened = await openSubjects({
    panels: panelsOf(options),
    methods: methodsOf(reproduction, options.methods),
    code: options.code,
    source: options.source,
  });
  const { subjects, panels, methods, leftOut } = opened;
  requireLabels(subjects, labels);
  const file = options.runsFile === undefined ? keepRuns() : openRunsFile(options.runsFile);
  const plan = planRuns({ panels, methods, subjects, labels, seeds, firstSeed, mostEvaluated });
  const find = (key: string): ProtocolRun | undefined => file.find(key);

  const missing = options.onlyStored === true ? [] : plan.runs.filter(({ key }) => find(key) === undefined);
  const price = secondsPerRun(plan.runs, find);
  // Steps are milliseconds as estimated, so that the time left follows the long runs and not their number.
  const weightOf = (run: PlannedRun): number => Math.max(1, Math.round(1000 * price(run).seconds));
  options.onEstimate?.({
    runs: plan.runs.length,
    stored: plan.runs.filter(({ key }) => find(key) !== undefined).length,
    seconds: missing.reduce((sum, run) => sum + price(run).seconds, 0),
    measured: missing.every((run) => price(run).measured),
  });

  const share = sharing();
  requireSetups(missing);
  await runPieces<PlannedRun, ProtocolRun>({
    pieces: missing,
    steps: missing.reduce((sum, run) => sum + weightOf(run), 0),
    threads: pool.threads,
    signal,
    onProgress: options.onProgress,
    run: async (piece, control) => {
      const { key, fingerprint, subject, method, strategy, label, budget, seed } = piece;
      const settings = { strategy, label, samples: piece.samples, budget, seed, weight: weightOf(piece), control };
      const outcome = await pool.run<ProtocolTaskInput, ProtocolRun | undefined>("experiment:protocol", {
        ...settings,
        shared: share(subject),
        estimation: subject.codes.get(method.code),
      });
      if (outcome !== undefined) file.append(key, fingerprint, seed, outcome);
      return outcome;
    },
  });

  const found = plan.runs.flatMap(({ key }) => find(key) ?? []);
  const input = { reproduction, methods, labels, seeds, firstSeed, plan, find };
  return {
    schema: 1,
    kind: "reproduce",
    version,
    reproduction: reproduction.name,
    title: reproduction.title,
    source: reproduction.source,
    reportedFrom: reproduction.reportedFrom,
    drawn: reproduction.drawn,
    seeds,
    firstSeed,
    complete: found.length === plan.runs.length,
    runSeconds: found.reduce((sum, run) => sum + run.seconds, 0),
    notes: [...reproduction.notes, ...(samples === undefined ? [] : [`N given: ${samples.join(", ")}.`])],
    leftOut: [...leftOut],
    estimationCodes: codesOf(subjects),
    panels: panels.map((panel) => summarisePanel(input, panel, subjects.get(panel.benchmark)!)),
  };
}

function methodsOf(reproduction: Reproduction, names: readonly string[] | undefined): readonly ReproductionMethod[] {
  const known = reproduction.methods.map(({ name }) => name);
  const wrong = names?.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    throw new AssayError("unknown-method", `${reproduction.name} has no method "${wrong}".`, suggestName(wrong, known));
  }
  return reproduction.methods.filter(({ name }) => names === undefined || names.includes(name));
}

/** The charts; on another benchmark those of the first published one, each once, with nothing reported. */
function panelsOf({ reproduction, samples, benchmark }: ReproduceOptions) {
  const panels = reproduction.panels({ samples });
  if (benchmark === undefined) return panels;
  return panels
    .filter((panel) => panel.benchmark === panels[0].benchmark)
    .map((panel) => ({
      ...panel,
      benchmark,
      name: panel.name.replace(`${panel.benchmark}-`, ""),
      title: panel.title.replace(/^.* on [^,]+, /, ""),
      reported: panel.benchmark === benchmark ? panel.reported : [],
      notes: [],
    }));
}

function requireLabels(subjects: ReadonlyMap<string, Subject>, labels: readonly string[]): void {
  if (labels.length === 0) throw new AssayError("bad-label", "No label rule was given.", "Use mean or random-seed.");
  for (const { benchmark } of subjects.values()) {
    for (const label of labels) benchmark.labels(label, createGenerator(1));
  }
}

/** Parts that a strategy names and that do not exist or do not fit the space show before any run. */
function requireSetups(runs: readonly PlannedRun[]): void {
  const seen = new Set<string>();
  for (const { subject, method, strategy, label, seed } of runs) {
    const kind = `${subject.benchmark.name} ${method.name}`;
    if (seen.has(kind)) continue;
    seen.add(kind);
    setUpTableSearch({ benchmark: subject.benchmark, strategy, label, seed });
  }
}

/** Benchmarks for the threads, each made ready when its first run begins. */
function sharing(): (subject: Subject) => SharedBenchmark {
  const shared = new Map<Subject, SharedBenchmark>();
  return (subject) => {
    let made = shared.get(subject);
    if (made === undefined) {
      made = shareBenchmark(subject.benchmark);
      shared.set(subject, made);
    }
    return made;
  };
}

function codesOf(subjects: ReadonlyMap<string, Subject>): ReproduceReport["estimationCodes"] {
  return [...subjects.values()].flatMap(({ benchmark, codes }) =>
    [...codes.values()].map(({ name, cost, description }) => ({ benchmark: benchmark.name, name, cost, description })),
  );
}
