import type { JointBelief } from "./believer.js";

/** The variances of candidates while a batch is chosen. */
export interface Doubt {
  /** What is left of each. */
  readonly left: Float64Array;
  /** Believes a measurement of this candidate: its like become less uncertain. */
  measure(place: number): void;
}

/** @param noise variance that a measurement adds */
export function createDoubt(belief: JointBelief, noise: number): Doubt {
  const left = belief.variance.slice();
  /** For each believed measurement the covariance it takes away, as the outer product of this with itself. */
  const taken: Float64Array[] = [];
  return {
    left,
    measure(place) {
      const total = left[place] + noise;
      if (!(total > 0)) return;
      const remaining = Float64Array.from(belief.covarianceWith(place));
      for (const share of taken) {
        const own = share[place];
        if (own !== 0) for (let i = 0; i < left.length; i++) remaining[i] -= own * share[i];
      }
      const root = Math.sqrt(total);
      for (let i = 0; i < left.length; i++) {
        remaining[i] /= root;
        left[i] = Math.max(0, left[i] - remaining[i] * remaining[i]);
      }
      taken.push(remaining);
    },
  };
}
