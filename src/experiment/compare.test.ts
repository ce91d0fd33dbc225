import { beforeAll, expect, test } from "vitest";
import { registerExplaining } from "../../test/explainingStrategy.js";
import { sampleBenchmark } from "../../test/sampleBenchmark.js";
import { registerStandIn } from "../../test/standInPredictor.js";
import { readEstimationTable } from "../benchmark/estimation.js";
import type { Benchmark } from "../benchmark/index.js";
import { createWorkerPool, type WorkerPool } from "../kernels/pool.js";
import { createCatalogue } from "../space/catalogue.js";
import { createFeatureSource } from "../strategy/index.js";
import { compare } from "./compare.js";
import type { ExperimentProgress } from "./progress.js";
import { type CompareReport, compareReportSchema } from "./report.js";
import { runTabular, type TabularRun } from "./runTabular.js";
import { experimentTasks } from "./tasks.js";

registerStandIn();
registerExplaining();

let benchmark: Benchmark;
const pool = createWorkerPool({ threads: 1, tasks: experimentTasks });

beforeAll(() => {
  benchmark = sampleBenchmark();
});

async function run(options: { strategy: string; seed: number; budget?: number; label?: string; batch?: number }) {
  const features = createFeatureSource(createCatalogue(benchmark.space));
  const outcome = await runTabular({ benchmark, features, budget: 60, ...options });
  return { ...(outcome as TabularRun), seconds: 0 };
}

function withoutTimes(report: CompareReport) {
  return {
    ...report,
    results: report.results.map((result) => ({ ...result, secondsPerRun: 0, peakRssMegabytes: 0 })),
  };
}

test("a run depends on its seed and on nothing else", async () => {
  const options = { strategy: "regularized-evolution", seed: 4, label: "noisy(0.3)" };
  expect(await run(options)).toEqual(await run(options));
  expect(await run(options)).not.toEqual(await run({ ...options, seed: 5 }));
});

test("a smaller budget gives the beginning of the same run", async () => {
  const long = await run({ strategy: "weaknas:predictor=ridge", seed: 1, budget: 60 });
  const short = await run({ strategy: "weaknas:predictor=ridge", seed: 1, budget: 40 });
  expect(short.curve.bestTest).toEqual(long.curve.bestTest.slice(0, 4));
});

test("strategies share the labels of a seed: with every architecture queried they agree", async () => {
  const whole = { benchmark, budget: 15_625, seeds: 1, firstSeed: 3, label: "noisy(2)", pool };
  const { results } = await compare({ ...whole, strategies: ["random", "random:"] });
  expect(results[0].curve.at(-1)).toEqual(results[1].curve.at(-1));
  expect(results[0].curve.at(-1)?.bestTest.mean).toBe(Math.max(...benchmark.test));
  expect(results[0].queriesToOptimum.test.foundShare).toBe(1);
  expect(results[0].queriesToOptimum.label.foundShare).toBe(1);
});

test("the report sums up the single runs", async () => {
  const report = await compare({
    benchmark,
    strategies: ["random", { name: "regularized-evolution", options: { population: 10 } }],
    budget: 60,
    seeds: 3,
    firstSeed: 11,
    pool,
  });
  expect(compareReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report.results[1]).toMatchObject({ spec: "regularized-evolution:population=10", runs: 3, batch: 1 });
  const single = await Promise.all([11, 12, 13].map((seed) => run({ strategy: "random", seed })));
  const [random] = report.results;
  random.curve.forEach((point, i) => {
    const values = single.map(({ curve }) => curve.bestTest[i]);
    expect(point.bestTest.mean).toBeCloseTo((values[0] + values[1] + values[2]) / 3, 10);
  });
  const found = single.map(({ optimum }) => optimum.test ?? 60);
  expect(random.queriesToOptimum.test.cappedMean).toBeCloseTo((found[0] + found[1] + found[2]) / 3, 10);
});

test("an architecture without a label is a query that finds nothing", async () => {
  const { pack } = benchmark;
  const label = Float64Array.from(benchmark.test, (value, row) => (row % 3 === 0 ? value : Number.NaN));
  const partial: Benchmark = {
    ...benchmark,
    pack,
    labels: () => ({ values: label, rule: "partial", description: "every third" }),
  };
  const features = createFeatureSource(createCatalogue(partial.space));
  const outcome = await runTabular({ benchmark: partial, strategy: "random", features, budget: 30, seed: 1 });
  expect(outcome?.queries).toBe(30);
  expect(outcome!.curve.bestTest[2]).toBeGreaterThanOrEqual(outcome!.curve.testOfBestLabel[2]);
});

test("estimation codes are counted, with what they cost", async () => {
  const report = await compare({
    benchmark,
    strategies: ["random", "siamese-nas:predictor=stand-in,bts=false,samples=20,evaluate=10"],
    budget: 30,
    seeds: 2,
    estimation: readEstimationTable(benchmark, "early"),
    pool,
  });
  expect(compareReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  const [random, siamese] = report.results;
  expect(random.estimationCodes).toBeUndefined();
  expect(siamese.estimationCodes).toMatchObject({ name: "early", cost: 0.015, asked: 80 });
  expect(siamese.estimationCodes?.trainings).toBeCloseTo(1.2, 12);
});

test("what a strategy recommends is reported beside its queries, where it recommends something", async () => {
  const options = { benchmark, budget: 20, seeds: 3, pool };
  const specs = ["random", "explaining", "explaining:place=3", "weaknas:predictor=ridge"];
  const report = await compare({ ...options, strategies: specs });
  expect(compareReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  const [random, best, third, weaknas] = report.results;
  expect(random.recommendation).toBeUndefined();
  expect(best.recommendation).toMatchObject({ runs: 3, evaluatedShare: 1 });
  // It recommends its best label: by the rule of the curve.
  expect(best.recommendation?.test).toEqual(best.curve.at(-1)?.testOfBestLabel);
  expect(third.recommendation?.test).not.toEqual(best.recommendation?.test);
  expect(third.curve).toEqual(best.curve);
  expect(weaknas.recommendation?.runs).toBe(3);
  expect(weaknas.recommendation?.test.mean).toBeGreaterThan(50);
  const spare: WorkerPool = { ...pool, threads: 99 };
  const inside = await compare({ ...options, strategies: specs.slice(0, 3), pool: spare });
  expect(withoutTimes(inside).results).toEqual(withoutTimes(report).results.slice(0, 3));
});

test("a stop keeps what was finished", async () => {
  const stop = new AbortController();
  const report = await compare({
    benchmark,
    strategies: ["random"],
    budget: 100,
    seeds: 20,
    pool,
    signal: stop.signal,
    onProgress: ({ runsDone }) => {
      if (runsDone >= 2) stop.abort();
    },
  });
  expect(report.complete).toBe(false);
  expect(report.results[0].runs).toBe(2);
  const done = await compare({ benchmark, strategies: ["random"], budget: 100, seeds: 2, pool });
  expect(withoutTimes(report).results).toEqual(withoutTimes(done).results);
});

test("progress reaches the number of queries, however the threads are used", async () => {
  const spare: WorkerPool = { ...pool, threads: 4 };
  for (const [threads, seeds] of [
    [pool, 2],
    [spare, 2],
  ] as const) {
    const reports: ExperimentProgress[] = [];
    const options = {
      benchmark,
      strategies: ["random"],
      budget: 20,
      pool: threads,
      onProgress: reports.push.bind(reports),
    };
    await compare({ ...options, seeds });
    expect(reports.at(-1)).toMatchObject({ stepsDone: 40, steps: 40, runsDone: 2, runs: 2 });
  }
});

test.each([
  [{ budget: 0 }, /budget must be a whole number from 1/],
  [{ budget: 15_626 }, /more than the 15,625 architectures/],
  [{ seeds: 0 }, /seeds must be/],
  [{ batch: 0 }, /batch must be/],
  [{ label: "best" }, /no label rule or metric "best"/],
  [{ strategies: ["random", "weaknas:predictor=rigde"] }, /no predictor "rigde"/],
  [{ strategies: ["randomly"] }, /no strategy "randomly"/],
])("refuses %o before any run", async (wrong, message) => {
  const options = { benchmark, strategies: ["random"], budget: 10, seeds: 1, pool };
  let steps = 0;
  const onProgress = () => {
    steps++;
  };
  await expect(compare({ ...options, ...wrong, onProgress })).rejects.toThrow(message);
  expect(steps).toBe(0);
});
