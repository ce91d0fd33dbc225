import { expect, test } from "vitest";
import { createGenerator } from "../random/index.js";
import { expectRandomSearch, randomSearchSchema } from "./randomSearch.js";

const generator = createGenerator("random search");
const worth = Float64Array.from({ length: 200 }, () => 50 + 10 * generator.normal());
const seeds = [0, 1].map(() => worth.map((value) => value + 3 * generator.normal()));

test("agrees with drawing many samples", () => {
  const outlook = expectRandomSearch(seeds, worth, 20, "two seeds");
  expect(randomSearchSchema.parse(outlook)).toEqual(outlook);
  const dice = createGenerator("draws");
  const found: { label: number; test: number }[] = [];
  for (let run = 0; run < 20_000; run++) {
    const labels = seeds[run % 2];
    const rows = dice.choose(20, labels.length);
    const best = rows.reduce((first, second) => (labels[second] > labels[first] ? second : first));
    found.push({ label: labels[best], test: worth[best] });
  }
  for (const [name, key] of [
    ["bestLabel", "label"],
    ["test", "test"],
  ] as const) {
    const drawn = found.map((run) => run[key]);
    expect(outlook[name].mean).toBeCloseTo(drawn.reduce((sum, value) => sum + value, 0) / drawn.length, 0);
    const { low, high } = outlook[name];
    const share = (isCounted: (value: number) => boolean) => drawn.filter(isCounted).length / drawn.length;
    for (const [quantile, wanted] of [
      [low!, 0.05],
      [high!, 0.95],
    ]) {
      expect(share((value) => value < quantile - 1e-9)).toBeLessThan(wanted + 0.005);
      expect(share((value) => value <= quantile + 1e-9)).toBeGreaterThan(wanted - 0.005);
    }
  }
});

test("the curve rises to the best of the table", () => {
  const { curve, bestLabel } = expectRandomSearch([seeds[0]], worth, 200, "one seed");
  expect(curve).toHaveLength(100);
  expect(curve[0].queries).toBe(1);
  expect(curve.at(-1)!.queries).toBe(200);
  for (let i = 1; i < curve.length; i++) expect(curve[i].mean!).toBeGreaterThan(curve[i - 1].mean!);
  expect(bestLabel.mean).toBeCloseTo(Math.max(...seeds[0]), 9);
  expect(bestLabel.low).toBe(bestLabel.high);
});

test("architectures that were never measured are never found", () => {
  const labels = Float64Array.of(Number.NaN, 1, 2);
  const outlook = expectRandomSearch([labels], Float64Array.of(9, 3, Number.NaN), 3, "");
  expect(outlook.bestLabel).toEqual({ mean: 2, low: 2, high: 2 });
  expect(outlook.test).toEqual({ mean: null, low: null, high: null });
});
