import { expect, test } from "vitest";
import type { TrialColumns } from "./contract.js";
import { joinColumns } from "./joinColumns.js";

function trial(number: number, values: TrialColumns["values"]): TrialColumns {
  return {
    ...{
      number: [number],
      state: ["done"],
      architecture: [`a${number}`],
      decision: [1],
      reason: [null],
      predicted: [null],
    },
    ...{ doubt: [null], attempts: [1], endedAt: [null], failure: [null], values },
  };
}

test("quantities that one table lacks are null there", () => {
  const joined = joinColumns(trial(0, { label: [1], first: [5] }), trial(1, { label: [2], loss: [3] }));
  expect(joined.values).toEqual({ label: [1, 2], first: [5, null], loss: [null, 3] });
  expect(joined.architecture).toEqual(["a0", "a1"]);
});

test("nothing adds nothing", () => {
  const [some, none] = [trial(0, { label: [1] }), { ...trial(0, {}), number: [] }];
  expect([joinColumns(some, none), joinColumns(none, some)]).toEqual([some, some]);
});
