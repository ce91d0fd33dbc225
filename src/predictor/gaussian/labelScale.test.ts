import { expect, it } from "vitest";
import { scaleLabels, toLabels } from "./labelScale.js";

const labels = Float64Array.of(10, 60, 85, 90, 91, 91.2, 91.4, 91.5);

it.each(["plain", "log"] as const)("standardises, and turns back: %s", (kind) => {
  const { targets, scale } = scaleLabels(labels, kind);
  expect(targets.reduce((sum, target) => sum + target, 0)).toBeCloseTo(0, 12);
  expect(targets.reduce((sum, target) => sum + target * target, 0) / labels.length).toBeCloseTo(1, 12);
  for (let i = 1; i < targets.length; i++) expect(targets[i]).toBeGreaterThan(targets[i - 1]);
  const { mean, standardDeviation } = toLabels(scale, targets, new Float64Array(labels.length).fill(1e-6));
  mean.forEach((value, i) => {
    expect(value).toBeCloseTo(labels[i], 9);
  });
  const moved = toLabels(
    scale,
    targets.map((target) => target + 1e-3),
    new Float64Array(labels.length),
  );
  moved.mean.forEach((value, i) => {
    expect((value - mean[i]) / standardDeviation[i]).toBeCloseTo(1, 1);
  });
});

it("spreads differences among good labels with log", () => {
  const gap = (targets: Float64Array) => (targets[7] - targets[4]) / (targets[7] - targets[0]);
  expect(gap(scaleLabels(labels, "log").targets)).toBeGreaterThan(10 * gap(scaleLabels(labels, "plain").targets));
});

it.each(["plain", "log"] as const)("takes labels that are constant, few, huge or tiny: %s", (kind) => {
  for (const values of [
    [5],
    [93.7, 93.7, 93.7],
    [1e300, -1e300],
    [1e308, -1e308],
    [1e-300, 2e-300, 5e-300],
    [0, 0, 1],
  ]) {
    const { targets, scale } = scaleLabels(Float64Array.from(values), kind);
    const { mean, standardDeviation } = toLabels(scale, targets, new Float64Array(values.length).fill(1));
    for (const numbers of [targets, mean, standardDeviation]) expect(numbers.every(Number.isFinite)).toBe(true);
  }
  const constant = scaleLabels(Float64Array.of(93.7, 93.7), kind);
  expect([...toLabels(constant.scale, constant.targets, new Float64Array(2)).mean]).toEqual([93.7, 93.7]);
});
