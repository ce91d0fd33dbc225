import { beforeAll, expect, test } from "vitest";
import { sampleBenchmark } from "../../test/sampleBenchmark.js";
import type { Benchmark } from "../benchmark/index.js";
import { fittingEncodings } from "../encoding/index.js";
import { createWorkerPool, type WorkerPool } from "../kernels/pool.js";
import { predictorTasks } from "../predictor/tasks.js";
import { createGenerator } from "../random/index.js";
import { predict } from "./predict.js";
import type { ExperimentProgress } from "./progress.js";
import { type PredictReport, predictReportSchema } from "./report.js";
import { experimentTasks } from "./tasks.js";

let benchmark: Benchmark;
const pool = createWorkerPool({ threads: 1, tasks: { ...predictorTasks, ...experimentTasks } });

beforeAll(() => {
  benchmark = sampleBenchmark();
});

function withoutTimes({ results }: PredictReport) {
  return results.map((result) => ({ ...result, fitSeconds: 0, rankSeconds: 0 }));
}

test("a predictor that fits the table ranks it well, and better with more training", async () => {
  const report = await predict({ benchmark, predictors: ["ridge"], trainSizes: [15, 300], seeds: 3, pool });
  expect(predictReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  const [few, many] = report.results;
  expect(many.kendallTau.mean!).toBeGreaterThan(few.kendallTau.mean!);
  expect(many.kendallTau.mean!).toBeGreaterThan(0.8);
  expect(many.spearman.mean!).toBeGreaterThan(many.kendallTau.mean!);
  expect(fittingEncodings(benchmark.space)).toContain(many.encoding);
});

test("rankings are compared with test values, or with the labels that predictors are told", async () => {
  const options = { benchmark, predictors: ["ridge"], trainSizes: [30], seeds: 1, pool };
  const test = await predict(options);
  const label = await predict({ ...options, against: "label" });
  expect(test.against).toBe(benchmark.metadata.test);
  expect(label.against).toBe(`the labels (${label.label})`);
  // The test values of the sample are not its labels, so the same ranking agrees differently with them.
  expect(label.results[0].kendallTau.mean).not.toBe(test.results[0].kendallTau.mean);
  const same = await predict({
    ...options,
    benchmark: { ...benchmark, test: benchmark.labels(undefined, createGenerator(1)).values },
  });
  expect(label.results[0].kendallTau).toEqual(same.results[0].kendallTau);
});

test("a smaller sample is the beginning of a larger one, whatever else is measured", async () => {
  const options = { benchmark, predictors: ["ridge"], seeds: 2, firstSeed: 5, pool };
  const both = await predict({ ...options, trainSizes: [20, 60] });
  const again = await predict({ ...options, predictors: ["random-forest:trees=3", "ridge"], trainSizes: [20, 60] });
  expect(withoutTimes(again).slice(2)).toEqual(withoutTimes(both));
});

test("progress reaches the number of fits, however the threads are used", async () => {
  const spare: WorkerPool = { ...pool, threads: 4 };
  for (const threads of [pool, spare]) {
    const reports: ExperimentProgress[] = [];
    const options = {
      benchmark,
      predictors: ["ridge"],
      trainSizes: [20],
      seeds: 2,
      onProgress: reports.push.bind(reports),
    };
    await predict({ ...options, pool: threads });
    expect(reports.at(-1)).toMatchObject({ stepsDone: 2, steps: 2 });
  }
});

test.each([
  [{ trainSizes: [1] }, /sample of 1 does not fit/],
  [{ trainSizes: [20, 15_624] }, /sample of 15624 does not fit/],
  [{ trainSizes: [2.5] }, /train-sizes must be/],
  [{ seeds: 0 }, /seeds must be/],
  [{ predictors: ["rigde"] }, /no predictor "rigde"/],
  [{ label: "seed:3" }, /no training seed "3"/],
])("refuses %o before any fit", async (wrong, message) => {
  const options = { benchmark, predictors: ["ridge"], trainSizes: [20], seeds: 1, pool };
  await expect(predict({ ...options, ...wrong })).rejects.toThrow(message);
});
