import { beforeAll, expect, test } from "vitest";
import { sampleBenchmark } from "../../../test/sampleBenchmark.js";
import { compareWithRuns } from "../../experiment/compare.js";
import { experimentTasks } from "../../experiment/tasks.js";
import { createWorkerPool } from "../../kernels/pool.js";
import type { StrategyRuns } from "./viewStrategies.js";
import { viewStrategies } from "./viewStrategies.js";

const pool = createWorkerPool({ threads: 1, tasks: experimentTasks });
let compared: StrategyRuns;

beforeAll(async () => {
  const options = { benchmark: sampleBenchmark(), budget: 90, seeds: 4, firstSeed: 5, pool };
  const strategies = ["random", "regularized-evolution:population=10"];
  compared = { ...(await compareWithRuns({ ...options, strategies })), labelUnit: "percent" };
});

test("the curves are those of the report at its checkpoints, and begin at the first query", () => {
  const { measures } = viewStrategies(compared);
  expect(measures.map(({ name }) => name)).toEqual(["bestTest", "testOfBestLabel", "bestLabel"]);
  for (const { name, view } of measures) {
    for (const [place, { curve }] of view.groups.entries()) {
      expect(curve.queries.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
      for (const point of compared.report.results[place].curve) {
        const at = curve.queries.indexOf(point.queries);
        expect(curve.middle[at]).toBeCloseTo(point[name].mean!, 3);
        expect(curve.low[at]).toBeCloseTo(point[name].ci95[0]!, 3);
        expect(curve.high[at]).toBeCloseTo(point[name].ci95[1]!, 3);
      }
      const last = compared.report.results[place].curve.at(-1)![name].mean!;
      expect(view.groups[place].final.reduce((sum, value) => sum + value, 0) / 4).toBeCloseTo(last, 3);
    }
  }
});

test("the target is the best of the weakest strategy, and runs say when they reached it", () => {
  const [{ view, steps = [] }] = viewStrategies(compared).measures;
  const bests = view.groups.map(({ final }) => Math.max(...final));
  expect(view.target).toBe(Math.min(...bests));
  expect(view.groups.map(({ studies }) => studies)).toEqual([
    ["seed 5", "seed 6", "seed 7", "seed 8"],
    ["seed 5", "seed 6", "seed 7", "seed 8"],
  ]);
  for (const [place, group] of view.groups.entries()) {
    for (const [run, queries] of group.queriesToTarget.entries()) {
      expect(queries === null).toBe(group.final[run] < view.target);
      if (queries === null) continue;
      const at = steps[place][run].queries.indexOf(queries);
      expect(steps[place][run].values[at]).toBeGreaterThanOrEqual(view.target);
      if (at > 0) expect(steps[place][run].values[at - 1]).toBeLessThan(view.target);
    }
  }
});

test("says what was compared", () => {
  const view = viewStrategies(compared);
  expect(view).toMatchObject({ benchmark: "sample/cells", budget: 90, seeds: 4, isComplete: true, testUnit: "%" });
  expect(view.strategies.map(({ name, runs }) => [name, runs])).toEqual([
    ["random", 4],
    ["regularized-evolution:population=10", 4],
  ]);
  expect(Object.fromEntries(view.facts)).toMatchObject({ Seeds: expect.stringContaining("5 to 8") });
});
