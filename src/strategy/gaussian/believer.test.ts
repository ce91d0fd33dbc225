import { describe, expect, test } from "vitest";
import { logExpectedImprovement } from "../../acquisition/expectedImprovement.js";
import { createGenerator } from "../../random/index.js";
import { type BelieverOptions, believe, type JointBelief } from "./believer.js";

const SIZE = 12;

/** Jointly normal candidates: a covariance from random factors, so that some are alike. */
function candidates(seed: number): { belief: JointBelief; covariance: number[][] } {
  const generator = createGenerator(seed);
  const factors = Array.from({ length: SIZE }, () => Array.from({ length: 4 }, () => generator.normal()));
  const covariance = factors.map((own, i) =>
    factors.map((other, j) => own.reduce((sum, value, k) => sum + value * other[k], i === j ? 0.2 : 0)),
  );
  return {
    covariance,
    belief: {
      mean: Float64Array.from({ length: SIZE }, () => generator.normal()),
      variance: Float64Array.from(covariance, (row, i) => row[i]),
      covarianceWith: (place) => Float64Array.from(covariance[place]),
    },
  };
}

/** The variance of one given noisy measurements of others, one after the other on the full matrix. */
function varianceGiven(covariance: number[][], measured: readonly number[], noise: number, place: number): number {
  let left = covariance;
  for (const given of measured) {
    const total = left[given][given] + noise;
    const before = left;
    left = before.map((row, i) => row.map((value, j) => value - (before[i][given] * before[given][j]) / total));
  }
  return left[place][place];
}

const usual: BelieverOptions = { count: 5, best: 0.5, noise: 0.1, improvementNoise: 0.05, pending: 0, believes: true };

describe("believe", () => {
  test.each([0, 3])("chooses as naive conditioning of the full matrix does, with %d pending", (pending) => {
    for (let seed = 0; seed < 20; seed++) {
      const { belief, covariance } = candidates(seed);
      const options = { ...usual, pending };
      const measured = Array.from({ length: pending }, (_, place) => place);
      for (const { place, variance } of believe(belief, options)) {
        const scores = Array.from({ length: SIZE }, (_, other) => {
          if (other < pending || measured.includes(other)) return Number.NEGATIVE_INFINITY;
          const left = varianceGiven(covariance, measured, options.noise, other);
          return logExpectedImprovement(belief.mean[other], Math.sqrt(left + options.improvementNoise), options.best);
        });
        expect(scores[place]).toBe(Math.max(...scores));
        expect(variance).toBeCloseTo(varianceGiven(covariance, measured, options.noise, place), 9);
        measured.push(place);
      }
      expect(measured).toHaveLength(pending + options.count);
    }
  });

  test("never chooses what is pending, nor anything twice, and gives all others where more are asked for", () => {
    const { belief } = candidates(1);
    for (const believes of [true, false]) {
      const chosen = believe(belief, { ...usual, count: 50, pending: 4, believes }).map(({ place }) => place);
      expect(chosen.toSorted((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    }
    expect(believe(belief, { ...usual, pending: SIZE })).toEqual([]);
    expect(believe(belief, { ...usual, count: 0 })).toEqual([]);
  });

  test("without belief gives the best by themselves, whatever is pending", () => {
    const { belief } = candidates(2);
    const score = (place: number): number =>
      logExpectedImprovement(belief.mean[place], Math.sqrt(belief.variance[place] + 0.05), usual.best);
    const expected = Array.from({ length: SIZE - 2 }, (_, i) => i + 2).toSorted((a, b) => score(b) - score(a));
    const chosen = believe(belief, { ...usual, pending: 2, believes: false });
    expect(chosen.map(({ place }) => place)).toEqual(expected.slice(0, 5));
    for (const { place, variance } of chosen) expect(variance).toBe(belief.variance[place]);
  });

  test("turns from the twin of what it chose, or of what is pending, to something else", () => {
    // The first two are the same architecture by another name.
    const covariance = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ];
    const belief: JointBelief = {
      mean: Float64Array.of(0.3, 0.3, 0.2),
      variance: Float64Array.of(1, 1, 1),
      covarianceWith: (place) => Float64Array.from(covariance[place]),
    };
    const options = { ...usual, count: 2, noise: 1e-6, improvementNoise: 0 };
    expect(believe(belief, options).map(({ place }) => place)).toEqual([0, 2]);
    expect(believe(belief, { ...options, pending: 1 }).map(({ place }) => place)).toEqual([2, 1]);
    expect(believe(belief, { ...options, believes: false }).map(({ place }) => place)).toEqual([0, 1]);
  });

  test("copes with candidates of which nothing is in doubt, without noise", () => {
    const belief: JointBelief = {
      mean: Float64Array.of(0, 2, 1),
      variance: new Float64Array(3),
      covarianceWith: () => new Float64Array(3),
    };
    const chosen = believe(belief, { ...usual, count: 3, best: 5, noise: 0, improvementNoise: 0 });
    expect(chosen.map(({ place }) => place).toSorted()).toEqual([0, 1, 2]);
    expect(chosen.every(({ variance }) => variance === 0)).toBe(true);
  });
});
