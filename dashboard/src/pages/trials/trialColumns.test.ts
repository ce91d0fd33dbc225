import { expect, test } from "vitest";
import type { TrialColumns } from "../../../../src/view/contract.js";
import { noTrials } from "../../state/trialTable.js";
import { filterTrials, placeColumns, type TrialColumn } from "./trialColumns.js";

const trials: TrialColumns = {
  ...noTrials,
  number: [0, 1, 2],
  state: ["done", "failed", "done"],
  architecture: ["|conv_3x3|", "|conv_1x1|", "|skip|"],
  reason: ["random", null, "predicted best"],
  failure: [null, "out of memory", null],
};

test("trials are found by state and by any words", () => {
  expect([...filterTrials(trials, "", "")]).toEqual([0, 1, 2]);
  expect([...filterTrials(trials, "failed", "")]).toEqual([1]);
  expect([...filterTrials(trials, "", "CONV memory")]).toEqual([1]);
  expect([...filterTrials(trials, "done", "memory")]).toEqual([]);
});

test("columns stand side by side and fill the room", () => {
  const columns = [100, 60, 240].map((width) => ({ width })) as unknown as TrialColumn[];
  expect(placeColumns(columns, 300)).toEqual([0, 100, 160, 400]);
  expect(placeColumns(columns, 801)).toEqual([0, 200, 320, 801]);
});
