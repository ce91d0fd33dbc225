import { describe, expect, test } from "vitest";
import { expectedImprovement, logExpectedImprovement } from "../../acquisition/expectedImprovement.js";
import { createGenerator } from "../../random/index.js";
import { type BelieverOptions, believe, type JointBelief, type JointOpinion } from "./believer.js";

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

const usual: BelieverOptions = { count: 5, pending: 0, believes: true };
const compared = { weight: 1, best: 0.5, noise: 0.1, improvementNoise: 0.05 };

function opinion(belief: JointBelief, given: Partial<JointOpinion> = {}): JointOpinion {
  return { ...compared, ...given, belief };
}

describe("believe", () => {
  test.each([
    [0, 1],
    [3, 1],
    [0, 0.3],
    [2, 0.3],
  ])(
    "chooses as naive conditioning of the full matrices does, with %d pending, the first model believed to %d",
    (pending, weight) => {
      for (let seed = 0; seed < 20; seed++) {
        const subjects = [candidates(seed), candidates(seed + 100)].slice(0, weight === 1 ? 1 : 2);
        const opinions = subjects.map(({ belief }, i) =>
          opinion(belief, { weight: i === 0 ? weight : 1 - weight, best: 0.5 - 0.2 * i, noise: 0.1 + 0.2 * i }),
        );
        const measured = Array.from({ length: pending }, (_, place) => place);
        const left = (i: number, place: number): number =>
          varianceGiven(subjects[i].covariance, measured, opinions[i].noise, place);
        for (const chosen of believe(opinions, { ...usual, pending })) {
          const scores = Array.from({ length: SIZE }, (_, other) => {
            if (other < pending || measured.includes(other)) return 0;
            const improvements = opinions.map(({ belief, best, improvementNoise, ...own }, i) => {
              const deviation = Math.sqrt(left(i, other) + improvementNoise);
              return own.weight * expectedImprovement(belief.mean[other], deviation, best);
            });
            return improvements.reduce((sum, improvement) => sum + improvement, 0);
          });
          expect(scores[chosen.place]).toBeCloseTo(Math.max(...scores), 12);
          const means = opinions.map(({ belief }) => belief.mean[chosen.place]);
          const mean = opinions.reduce((sum, own, i) => sum + own.weight * means[i], 0);
          const second = opinions.reduce(
            (sum, own, i) => sum + own.weight * (left(i, chosen.place) + means[i] ** 2),
            0,
          );
          expect(chosen.mean).toBeCloseTo(mean, 12);
          expect(chosen.variance).toBeCloseTo(second - mean ** 2, 9);
          expect(chosen.exceeds).toBe(
            opinions.reduce((sum, own, i) => sum + own.weight * (means[i] - own.best), 0) >= 0,
          );
          measured.push(chosen.place);
        }
        expect(measured).toHaveLength(pending + usual.count);
      }
    },
  );

  test("never chooses what is pending, nor anything twice, and gives all others where more are asked for", () => {
    const { belief } = candidates(1);
    for (const believes of [true, false]) {
      const chosen = believe([opinion(belief)], { ...usual, count: 50, pending: 4, believes }).map(
        ({ place }) => place,
      );
      expect(chosen.toSorted((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    }
    expect(believe([opinion(belief)], { ...usual, pending: SIZE })).toEqual([]);
    expect(believe([opinion(belief)], { ...usual, count: 0 })).toEqual([]);
  });

  test("without belief gives the best by themselves, whatever is pending", () => {
    const { belief } = candidates(2);
    const score = (place: number): number =>
      logExpectedImprovement(belief.mean[place], Math.sqrt(belief.variance[place] + 0.05), compared.best);
    const expected = Array.from({ length: SIZE - 2 }, (_, i) => i + 2).toSorted((a, b) => score(b) - score(a));
    const chosen = believe([opinion(belief)], { ...usual, pending: 2, believes: false });
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
    const options = { ...usual, count: 2 };
    const opinions = [opinion(belief, { noise: 1e-6, improvementNoise: 0 })];
    expect(believe(opinions, options).map(({ place }) => place)).toEqual([0, 2]);
    expect(believe(opinions, { ...options, pending: 1 }).map(({ place }) => place)).toEqual([2, 1]);
    expect(believe(opinions, { ...options, believes: false }).map(({ place }) => place)).toEqual([0, 1]);
  });

  test("copes with candidates of which nothing is in doubt, without noise", () => {
    const belief: JointBelief = {
      mean: Float64Array.of(0, 2, 1),
      variance: new Float64Array(3),
      covarianceWith: () => new Float64Array(3),
    };
    const chosen = believe([opinion(belief, { best: 5, noise: 0, improvementNoise: 0 })], { ...usual, count: 3 });
    expect(chosen.map(({ place }) => place).toSorted()).toEqual([0, 1, 2]);
    expect(chosen.every(({ variance }) => variance === 0)).toBe(true);
  });
});
