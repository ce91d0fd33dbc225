import { expect, test } from "vitest";
import type { TrialColumns, ViewSource } from "../../../src/view/contract.js";
import { keepSettled, loadTrials, noTrials } from "./trialTable.js";

function trials(
  from: number,
  states: readonly TrialColumns["state"][number][],
  values: TrialColumns["values"],
): TrialColumns {
  const list = <Item>(item: Item): Item[] => states.map(() => item);
  return {
    number: states.map((_, index) => from + index),
    state: states,
    architecture: states.map((_, index) => `a${from + index}`),
    ...{ decision: list(1), reason: list(null), predicted: list(null), doubt: list(null), attempts: list(1) },
    ...{ endedAt: list(null), failure: list(null), values },
  };
}

test("only what may have changed is loaded again", async () => {
  const known = trials(0, ["done", "done", "running", "done"], { label: [1, 2, null, 4] });
  expect(keepSettled(known).number).toEqual([0, 1]);
  const asked: number[] = [];
  const source = {
    async trials(_: string, from: number) {
      asked.push(from);
      return trials(from, ["failed", "done"], { label: [null, 4] });
    },
  } as unknown as ViewSource;
  const columns = await loadTrials(source, "first", known);
  expect([asked, columns.values["label"], columns.state[2]]).toEqual([[2], [1, 2, null, 4], "failed"]);
  expect((await loadTrials(source, "first", noTrials)).number).toEqual([0, 1]);
});
