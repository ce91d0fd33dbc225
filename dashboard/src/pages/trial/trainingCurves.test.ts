import { expect, test } from "vitest";
import { groupCurves } from "./trainingCurves.js";

test("losses share an axis, and empty curves have none", () => {
  const groups = groupCurves({
    trainingLoss: [1],
    validation_loss: [1],
    "validation accuracy": [2],
    empty: [null],
    gradient: [3],
  });
  expect(groups).toEqual({
    loss: ["trainingLoss", "validation_loss"],
    accuracy: ["validation accuracy"],
    gradient: ["gradient"],
  });
});
