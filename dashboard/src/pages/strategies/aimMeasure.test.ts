import { expect, test } from "vitest";
import type { StrategyMeasure } from "../../../../src/view/strategies/contract.js";
import { aimMeasure } from "./aimMeasure.js";

const measure: StrategyMeasure = {
  ...{ name: "testOfBestLabel", words: "" },
  view: {
    ...{ subject: "table", budget: 30, target: 3 },
    groups: [
      {
        ...{ name: "random", studies: ["seed 1", "seed 2"], final: [3, 4], queriesToTarget: [9, 2] },
        curve: { queries: [], low: [], middle: [], high: [] },
      },
    ],
  },
  steps: [
    [
      // It may fall: what was reached stays reached.
      { queries: [1, 4, 9], values: [1, 3.5, 3] },
      { queries: [2], values: [4] },
    ],
  ],
};

test("another target changes when runs reach it", () => {
  expect(aimMeasure(measure, 3.2).groups[0].queriesToTarget).toEqual([4, 2]);
  expect(aimMeasure(measure, 3.8)).toMatchObject({ target: 3.8, groups: [{ queriesToTarget: [null, 2] }] });
  expect(aimMeasure(measure, undefined)).toBe(measure.view);
  const { steps: _, ...without } = measure;
  expect(aimMeasure(without, 4)).toBe(measure.view);
});
