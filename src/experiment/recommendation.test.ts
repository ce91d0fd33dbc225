import { expect, test } from "vitest";
import { sampleBenchmark } from "../../test/sampleBenchmark.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import type { Strategy } from "../strategy/contract.js";
import type { Trial } from "../study/index.js";
import { askRecommendation, reportRecommendation } from "./recommendation.js";

const benchmark = sampleBenchmark();
const catalogue = createCatalogue(benchmark.space);
const table = { benchmark, labels: benchmark.labels(undefined, createGenerator(1)) };
const trial = (architecture: number, label: number): Trial => ({
  ...{ number: 0, architecture, label, metrics: { test: 50, flops: 7, params: 8 }, seconds: 0 },
  ...(Number.isNaN(label) ? { failure: "diverged" } : {}),
});

function strategyOf(recommend: Strategy["recommend"]): Strategy {
  return { suggest: async () => [], observe() {}, state: () => ({}), ...(recommend && { recommend }) };
}

test("asks nobody where there is nothing to say or nobody waits", async () => {
  const willing = strategyOf(async () => ({ architecture: 3 }));
  const trials = [trial(3, 49)];
  expect(await askRecommendation(willing, { ended: "budget", trials })).toEqual({ architecture: 3 });
  expect(await askRecommendation(strategyOf(undefined), { ended: "budget", trials })).toBeUndefined();
  expect(await askRecommendation(willing, { ended: "stopped", trials })).toBeUndefined();
  expect(await askRecommendation(willing, { ended: "hopeless", trials: [trial(3, Number.NaN)] })).toBeUndefined();
  expect(await askRecommendation(willing, { ended: "budget", trials }, AbortSignal.abort())).toBeUndefined();
});

test("an error while threads are closed is a stop, any other an error", async () => {
  const stop = new AbortController();
  const result = { ended: "budget", trials: [trial(3, 49)] } as const;
  const fails = (stops: boolean) =>
    strategyOf(async () => {
      if (stops) stop.abort();
      throw new Error("pool closed");
    });
  await expect(askRecommendation(fails(false), result, stop.signal)).rejects.toThrow("pool closed");
  expect(await askRecommendation(fails(true), result, stop.signal)).toBeUndefined();
});

test("what was never evaluated has no label, and a test value of the table only where labels come from there", () => {
  const recommendation = { architecture: 4711, predicted: { mean: Number.NaN, standardDeviation: 1 } };
  const input = { recommendation, trials: [trial(3, 49)], catalogue };
  const looked = reportRecommendation({ ...input, table, isTrained: false }).recommendation!;
  expect(looked).toMatchObject({ test: benchmark.test[4711], costs: [{ name: "flops" }, { name: "params" }] });
  expect(Object.keys(looked)).toEqual(["architecture", "test", "costs"]);
  const live = reportRecommendation({ ...input, table, isTrained: true }).recommendation!;
  expect(live).toEqual({ architecture: catalogue.space.format(catalogue.at(4711)), costs: [] });
  expect(reportRecommendation({ ...input, recommendation: undefined, isTrained: false })).toEqual({});
});

test("what was evaluated has its own numbers", () => {
  const recommendation = { architecture: 3, probabilityBest: 0.5 };
  const input = { recommendation, trials: [trial(9, 1), { ...trial(3, 49), number: 1 }], catalogue, table };
  expect(reportRecommendation({ ...input, isTrained: true }).recommendation).toMatchObject({
    ...{ number: 1, label: 49, test: 50, probabilityBest: 0.5 },
    costs: [{ value: 7 }, { value: 8 }],
  });
});
