import { describe, expect, it } from "vitest";
import type { JointBelief } from "./believer.js";
import { believeInFront, type FrontBelieverOptions } from "./frontBeliever.js";

/** Candidates of which each two are equally related. */
function belief(mean: number[], relation = 0): JointBelief {
  return {
    mean: Float64Array.from(mean),
    variance: new Float64Array(mean.length).fill(1),
    covarianceWith: (place) => Float64Array.from(mean, (_, i) => (i === place ? 1 : relation)),
  };
}

const options: FrontBelieverOptions = {
  count: 2,
  points: [[0, -5]],
  reference: [-3, -11],
  noise: 0.01,
  improvementNoise: 0,
  pending: 0,
  believes: true,
};

describe("believeInFront", () => {
  const others = [{ known: Float64Array.of(-5, -5, -1) }];

  it("spreads a batch over the front, because what was chosen joins it", () => {
    const places = (change: Partial<FrontBelieverOptions>) =>
      believeInFront(belief([2.5, 2.5, -1]), others, { ...options, ...change }).map(({ place }) => place);
    expect(places({ believes: false })).toEqual([0, 1]);
    expect(places({})).toEqual([0, 2]);
  });

  it("counts what is pending as measured, and never chooses it", () => {
    const [first] = believeInFront(belief([2.5, 2.5, -1]), others, { ...options, pending: 1 });
    expect(first.place).toBe(2);
  });

  it("says what joins the front if it measures what is predicted", () => {
    const chosen = believeInFront(belief([1, -1, -9]), [{ known: Float64Array.of(-5, -6, -5) }], {
      ...options,
      count: 3,
    });
    expect(chosen.map(({ place, joins }) => [place, joins])).toEqual([
      [0, true],
      [1, false],
      [2, false],
    ]);
  });

  it("gives fewer where there are no more, and heeds the chance of success", () => {
    expect(believeInFront(belief([1]), [{ known: Float64Array.of(-5) }], options)).toHaveLength(1);
    const logChances = Float64Array.of(-50, 0, 0);
    expect(believeInFront(belief([2.5, 2.4, -9]), others, { ...options, logChances })[0].place).toBe(1);
  });

  it("doubts measured objectives, and less what is like a chosen one", () => {
    const second = belief([-5, -5, -1], 0.9);
    const chosen = believeInFront(belief([1, 1, 1], 0.9), [{ belief: second, noise: 0.01 }], { ...options, count: 3 });
    expect(chosen[0].place).toBe(2);
    expect(chosen[0].variance).toBe(1);
    expect(chosen[1].variance).toBeLessThan(0.3);
  });
});
