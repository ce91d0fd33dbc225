import { expect, test } from "vitest";
import { createCatalogue } from "../space/catalogue.js";
import { createGridSpace } from "./conformanceSpace.js";
import { createExplanations, explanationsStateSchema } from "./explanations.js";

test.each([true, false])("explanations survive JSON (space that can be listed: %s)", (isListed) => {
  const space = createGridSpace(5, 4, isListed);
  const catalogue = createCatalogue(space);
  const [first, second] = [Int32Array.of(1, 2, 3, 0, 1), Int32Array.of(0, 0, 0, 0, 1)].map(catalogue.idOf);
  const explanations = createExplanations(catalogue);
  const predicted = { mean: 73.1, standardDeviation: 0.4 };
  explanations.note(first, { reason: "exploit", predicted, detail: "Best expected improvement." });
  explanations.note(second, { reason: "start" });

  const state = explanationsStateSchema.parse(JSON.parse(JSON.stringify(explanations.state())));
  const elsewhere = createCatalogue(space);
  const restored = createExplanations(elsewhere, state);
  expect(restored.of(elsewhere.idOf(Int32Array.of(1, 2, 3, 0, 1)))).toEqual(explanations.of(first));
  expect(restored.of(elsewhere.idOf(Int32Array.of(0, 0, 0, 0, 1)))).toEqual({ reason: "start" });
  expect(restored.of(elsewhere.idOf(Int32Array.of(0, 0, 0, 0, 2)))).toBeUndefined();
  expect(restored.state()).toEqual(explanations.state());
});

test("keeps nothing that JSON cannot say, and refuses architectures of another space", () => {
  const catalogue = createCatalogue(createGridSpace(3, 3, true));
  const explanations = createExplanations(catalogue);
  explanations.note(1, { reason: "explore", predicted: { mean: Number.NaN, standardDeviation: 1 } });
  explanations.note(2, { reason: "explore", predicted: { mean: -0, standardDeviation: 0 } });
  expect(explanations.of(1)).toEqual({ reason: "explore" });
  expect(JSON.parse(JSON.stringify(explanations.state()))).toEqual(explanations.state());
  expect(() => createExplanations(catalogue, [{ architecture: 27, reason: "random" }])).toThrow(
    /not of the space grid-3x3/,
  );
});
