import { logExpectedImprovement } from "../../acquisition/expectedImprovement.js";
import { createDoubt } from "./doubt.js";

/** Candidates as a model sees them together. */
export interface JointBelief {
  /** One value for each candidate. */
  readonly mean: Float64Array;
  /** Of the function without noise, one value for each candidate. */
  readonly variance: Float64Array;
  /** Covariances of one candidate with all. */
  covarianceWith(place: number): Float64Array;
}

/** How a batch is chosen. */
export interface BelieverOptions {
  readonly count: number;
  /** What there is to improve upon. */
  readonly best: number;
  /** Variance that a measurement adds. */
  readonly noise: number;
  /** Variance that counts as chance of improvement besides the model's own doubt. */
  readonly improvementNoise: number;
  /** How many of the first candidates are being measured already; they are believed first and never chosen. */
  readonly pending: number;
  /** false: what was chosen changes nothing. */
  readonly believes: boolean;
  /** Logarithm of the chance that a measurement succeeds at all, for each candidate; absent: all do. */
  readonly logChances?: Float64Array | undefined;
}

/** A chosen candidate. */
export interface Chosen {
  readonly place: number;
  /** Its variance at the choice, earlier members of the batch believed. */
  readonly variance: number;
}

/**
 * Chooses a batch one after the other: the largest expected improvement of a measurement over `best`, then the model believes
 * that this candidate will measure what it predicts, which leaves all means as they are and makes its like less uncertain (the
 * kriging believer of Ginsbourger, Le Riche and Carraro 2010).
 *
 * @returns fewer than `count` only where there are no more candidates
 * @example
 * const chosen = believe(process.among(pool, rows), {
 *   count: 5, best: 1.2, noise: 0.01, improvementNoise: 0.01, pending: 0, believes: true,
 * });
 */
export function believe(belief: JointBelief, options: BelieverOptions): Chosen[] {
  const { count, best, noise, improvementNoise, pending, believes, logChances } = options;
  const { mean } = belief;
  const size = mean.length;
  const doubt = createDoubt(belief, noise);
  const { left } = doubt;
  const isOpen = new Uint8Array(size).fill(1);

  function measure(place: number): void {
    isOpen[place] = 0;
    if (believes) doubt.measure(place);
  }

  for (let place = 0; place < pending; place++) measure(place);
  const chosen: Chosen[] = [];
  while (chosen.length < count) {
    let found = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = pending; place < size; place++) {
      if (isOpen[place] === 0) continue;
      const improvement = logExpectedImprovement(mean[place], Math.sqrt(left[place] + improvementNoise), best);
      const score = improvement + (logChances?.[place] ?? 0);
      if (found < 0 || score > most) {
        found = place;
        most = score;
      }
    }
    if (found < 0) break;
    chosen.push({ place: found, variance: left[found] });
    if (chosen.length < count) measure(found);
    else isOpen[found] = 0;
  }
  return chosen;
}
