import type { Benchmark } from "../benchmark/contract.js";
import type { EstimationTable } from "../benchmark/estimation.js";
import { AssayError } from "../errors.js";
import type { WorkerPool } from "../kernels/pool.js";
import { createGenerator } from "../random/index.js";
import { resolve } from "../registry.js";
import { formatSpec, type Spec } from "../spec.js";
import { mean, median } from "../stats/index.js";
import { strategies } from "../strategy/index.js";
import { version } from "../version.js";
import { curveCheckpoints } from "./checkpoints.js";
import { countStep } from "./control.js";
import { requireCount } from "./counts.js";
import { curveRules } from "./curveRules.js";
import { meanEstimation } from "./estimationCosts.js";
import { reportLimits } from "./limits.js";
import { largestValue, summariseOptimum } from "./optimum.js";
import type { ExperimentProgress } from "./progress.js";
import type { CompareReport, CompareResult } from "./report.js";
import { runPieces } from "./runPieces.js";
import { type RunRecommendation, runTabular, type TabularRun } from "./runTabular.js";
import { setUpTableSearch } from "./searchSetup.js";
import { openShared, shareBenchmark } from "./sharedBenchmark.js";
import { summarise } from "./summarise.js";
import type { RunTaskInput } from "./tasks.js";

/** A comparison of strategies on one benchmark. */
export interface CompareOptions {
  readonly benchmark: Benchmark;
  /** Specs, such as `weaknas:predictor=gradient-boosting`. */
  readonly strategies: readonly (string | Spec)[];
  /** Label rule; the benchmark's own where absent. */
  readonly label?: string | undefined;
  /** Queries of each run, the initial sample included. */
  readonly budget: number;
  /** How many runs of each strategy. */
  readonly seeds: number;
  /** Seed of the first run; the others follow it one by one. Default 1. */
  readonly firstSeed?: number;
  /** Suggestions per iteration for all strategies; each strategy's own where absent. */
  readonly batch?: number | undefined;
  /** Estimation codes for strategies that ask for them, from `openEstimation` or `readEstimationTable`. Default: none. */
  readonly estimation?: EstimationTable | undefined;
  /** Threads that hold `experimentTasks`. The results do not depend on their number. */
  readonly pool: WorkerPool;
  /** Stops the comparison; the report then holds what was finished. Close the pool too, not to wait for running fits. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
}

interface Piece {
  readonly strategy: number;
  readonly seed: number;
}

/**
 * Runs several strategies with many seeds each and summarises them. Strategies share the labels of a seed.
 *
 * @example
 * const report = await compare({ benchmark, strategies: ["default", "random"], budget: 150, seeds: 30, pool });
 */
export async function compare(options: CompareOptions): Promise<CompareReport> {
  return (await compareWithRuns(options)).report;
}

/** The finished runs of each result of a report, in the order of their seeds. */
export type CompareRuns = readonly (readonly Pick<TabularRun, "seed" | "steps">[])[];

/** The same, and what the single runs came to. */
export async function compareWithRuns(
  options: CompareOptions,
): Promise<{ readonly report: CompareReport; readonly runs: CompareRuns }> {
  const { benchmark, budget, seeds, firstSeed = 1, batch, estimation, pool, signal } = options;
  checkBudget(benchmark, budget);
  requireCount("seeds", seeds);
  if (batch !== undefined) requireCount("batch", batch);
  const entries = options.strategies.map((given) => ({ given, ...resolve("strategy", strategies, given) }));
  // Read once here: a rule that the benchmark does not know shows before any run.
  const labels = benchmark.labels(options.label, createGenerator(firstSeed).split("labels"));

  const shared = shareBenchmark(benchmark);
  // The same for parts that a strategy names, and for parts that do not fit the space.
  for (const { spec } of entries)
    setUpTableSearch({ ...openShared(shared), strategy: spec, label: options.label, seed: firstSeed });
  const pieces: Piece[] = entries.flatMap((_, strategy) =>
    Array.from({ length: seeds }, (_, i) => ({ strategy, seed: firstSeed + i })),
  );
  const peaks: number[] = entries.map(() => 0);
  // With fewer runs than threads, the threads are worth more inside the runs.
  const inside = pieces.length < pool.threads;
  const runs = await runPieces<Piece, TabularRun>({
    pieces,
    steps: pieces.length * budget,
    threads: inside ? 1 : pool.threads,
    signal,
    onProgress: options.onProgress,
    onDone: ({ strategy }) => {
      peaks[strategy] = peakRssMegabytes();
    },
    run: ({ strategy, seed }, control) => {
      const settings = { strategy: entries[strategy].spec, label: options.label, budget, batch, estimation, seed };
      return inside
        ? runTabular({ ...settings, ...openShared(shared), pool, signal, onQuery: () => countStep(control) })
        : pool.run<RunTaskInput, TabularRun | undefined>("experiment:run", { ...settings, shared, control });
    },
  });

  const finished = entries.map((_, strategy) =>
    runs.filter((run, position): run is TabularRun => run !== undefined && pieces[position].strategy === strategy),
  );
  const results = entries.flatMap((entry, strategy): CompareResult[] => {
    const done = finished[strategy];
    if (done.length === 0) return [];
    return [
      {
        strategy: entry.definition.name,
        spec: typeof entry.given === "string" ? entry.given : formatSpec(entry.given),
        options: { ...entry.options },
        batch: batch ?? entry.definition.batch(entry.options),
        runs: done.length,
        ...summariseRuns(done, budget),
        ...meanEstimation(done.map(({ estimationCodes }) => estimationCodes)),
        peakRssMegabytes: peaks[strategy],
      },
    ];
  });
  const report: CompareReport = {
    schema: 1,
    kind: "compare",
    version,
    benchmark: benchmark.name,
    packChecksum: benchmark.metadata.checksum,
    ...reportLimits(benchmark.space),
    label: labels.rule,
    labelDescription: labels.description,
    curveRules,
    budget,
    seeds,
    firstSeed,
    complete: runs.every((run) => run !== undefined),
    testUnit: benchmark.metadata.metrics.find(({ name }) => name === benchmark.metadata.test)?.unit ?? "no unit",
    optimum: { test: largestValue(benchmark.test) },
    results,
  };
  return { report, runs: finished.filter(({ length }) => length > 0) };
}

function summariseRuns(
  runs: readonly TabularRun[],
  budget: number,
): Pick<CompareResult, "queriesToOptimum" | "curve" | "recommendation" | "secondsPerRun"> {
  const at = (rule: "bestTest" | "testOfBestLabel" | "bestLabel", point: number) =>
    summarise(runs.map(({ curve }) => curve[rule][point]));
  return {
    queriesToOptimum: {
      test: summariseOptimum(
        runs.map(({ optimum }) => optimum.test),
        budget,
      ),
      label: summariseOptimum(
        runs.map(({ optimum }) => optimum.label),
        budget,
      ),
    },
    curve: curveCheckpoints(budget).map((queries, point) => ({
      queries,
      bestTest: at("bestTest", point),
      testOfBestLabel: at("testOfBestLabel", point),
      bestLabel: at("bestLabel", point),
    })),
    ...summariseRecommendations(runs),
    secondsPerRun: { median: median(runs.map((run) => run.seconds)) },
  };
}

function summariseRecommendations(runs: readonly TabularRun[]): Pick<CompareResult, "recommendation"> {
  const given = runs
    .map(({ recommendation }) => recommendation)
    .filter((one): one is RunRecommendation => one !== undefined && Number.isFinite(one.test));
  if (given.length === 0) return {};
  return {
    recommendation: {
      runs: given.length,
      test: summarise(given.map(({ test }) => test)),
      evaluatedShare: mean(given.map(({ isEvaluated }) => Number(isEvaluated))),
    },
  };
}

/** A budget beyond the table would only end every run early. */
export function checkBudget(benchmark: Benchmark, budget: number): void {
  requireCount("budget", budget);
  const rows = benchmark.test.length;
  if (budget > rows) {
    throw new AssayError(
      "budget-too-large",
      `A budget of ${budget} queries is more than the ${rows.toLocaleString("en")} architectures of ${benchmark.name}.`,
      `Use --budget ${rows} or less.`,
    );
  }
}

function peakRssMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
