import fastCheck from "fast-check";
import { expect, it } from "vitest";
import type { StrategyState } from "../strategy/contract.js";
import { applyStateDelta, stateDelta } from "./stateDelta.js";

const states = fastCheck.dictionary(fastCheck.string(), fastCheck.jsonValue()) as fastCheck.Arbitrary<StrategyState>;
const overJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

it("leads from any state to any other, also through JSON", () => {
  fastCheck.assert(
    fastCheck.property(states, states, (before, after) => {
      expect(overJson(applyStateDelta(overJson(before), overJson(stateDelta(before, after))))).toEqual(overJson(after));
    }),
  );
});

it("is empty between equal states, and leaves the state before as it is", () => {
  fastCheck.assert(
    fastCheck.property(states, states, (before, after) => {
      expect(stateDelta(before, overJson(before))).toBe(0);
      const text = JSON.stringify(before);
      applyStateDelta(before, stateDelta(before, after));
      expect(JSON.stringify(before)).toBe(text);
    }),
  );
});

it("is as large as the change", () => {
  const labels = Array.from({ length: 1000 }, (_, i) => i);
  const before = { history: { architectures: labels, labels: [...labels.slice(0, 999), "pending"] } };
  const after = { history: { architectures: [...labels, 5], labels: [...labels.slice(0, 999), 3, "pending"] } };
  expect(stateDelta(before, after)).toEqual({
    in: {
      history: {
        in: {
          architectures: { keep: 1000, add: [5] },
          labels: { keep: 1000, at: [[999, { set: 3 }]], add: ["pending"] },
        },
      },
    },
  });
});
