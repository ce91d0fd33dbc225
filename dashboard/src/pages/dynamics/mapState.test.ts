import { expect, test } from "vitest";
import type { MapView, TrialColumns } from "../../../../src/view/contract.js";
import { noTrials } from "../../state/trialTable.js";
import { colourRamp, rampStep, rampSteps } from "./colourRamp.js";
import { mapState } from "./mapState.js";
import { nearestPoint, pointIndex } from "./pointIndex.js";

const map: MapView = {
  ...{ method: "UMAP", size: "5", isWhole: true, decisions: 2, predictor: "none" },
  x: [0, 0.25, 0.5, 0.75, 1],
  y: [0, 0.25, 0.5, 0.75, 1],
  trial: [2, -1, 0, 1, 3],
};
const trials: TrialColumns = {
  ...noTrials,
  number: [0, 1, 2, 3],
  state: ["done", "failed", "done", "running"],
  decision: [1, 1, 2, 2],
  values: { label: [70, null, 71, null] },
};

test("a decision shows what was known by then", () => {
  const frame = { decision: 2, predicted: null, candidates: [0, 1] };
  const after = mapState(map, trials, "label", 2, frame);
  expect(after).toMatchObject({ evaluated: [2], newest: [0, 4], failed: [3], candidates: [1], best: 0 });
  expect(mapState(map, trials, "label", 1, frame)).toMatchObject({
    evaluated: [],
    newest: [2, 3],
    best: 2,
    candidates: [],
  });
});

test("the nearest point is found, evaluated ones from further", () => {
  const index = pointIndex([0, 50, 300], [0, 0, 0]);
  expect(nearestPoint(index, 44, 3, 16, () => false)).toBe(1);
  expect(nearestPoint(index, 8, 0, 16, () => false)).toBe(0);
  expect(nearestPoint(index, 150, 0, 16, () => false)).toBeUndefined();
  const close = pointIndex([0, 10], [0, 0]);
  expect(nearestPoint(close, 4, 0, 16, (point) => point === 1)).toBe(1);
});

test("ramps cover their range", () => {
  expect(colourRamp(true).length).toBe(rampSteps);
  expect([rampStep(-1, [0, 1]), rampStep(1, [0, 1]), rampStep(3, [3, 3])]).toEqual([0, rampSteps - 1, rampSteps - 1]);
});
