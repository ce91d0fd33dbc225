import { logExpectedImprovement } from "../../acquisition/expectedImprovement.js";

/** Candidates as a model sees them together. */
export interface JointBelief {
  /** One value for each candidate. */
  readonly mean: Float64Array;
  /** Of the function without noise, candidates x candidates. */
  readonly covariance: Float64Array;
  /** Variance that a measurement adds. */
  readonly noise: number;
}

/**
 * Chooses a batch one after the other: the largest expected improvement of a measurement over `best`, then the model believes
 * that this candidate will measure what it predicts, which leaves all means as they are and makes its like less uncertain (the
 * kriging believer of Ginsbourger, Le Riche and Carraro 2010).
 *
 * @param pending how many of the first candidates are being measured already; they are believed first and never chosen
 * @param improvementNoise variance that counts as chance of improvement besides the model's own
 * @returns places of the chosen candidates, fewer than `count` only where there are no more
 * @example
 * const places = believe({ mean, covariance, noise: 0.01 }, { count: 5, best: 1.2, pending: 0, improvementNoise: 0.01 });
 */
export function believe(
  { mean, covariance, noise }: JointBelief,
  options: {
    readonly count: number;
    readonly best: number;
    readonly pending: number;
    readonly improvementNoise: number;
    /** false: what was chosen changes nothing. */
    readonly believes?: boolean;
  },
): number[] {
  const { count, best, pending, improvementNoise, believes = true } = options;
  const size = mean.length;
  const left = covariance.slice();
  const isOpen = new Uint8Array(size).fill(1);

  function measure(place: number): void {
    isOpen[place] = 0;
    if (!believes) return;
    const own = left.slice(place * size, (place + 1) * size);
    const total = own[place] + noise;
    if (!(total > 0)) return;
    for (let i = 0; i < size; i++) {
      const share = own[i] / total;
      if (share === 0) continue;
      const row = i * size;
      for (let j = 0; j < size; j++) left[row + j] -= share * own[j];
    }
  }

  for (let place = 0; place < pending; place++) measure(place);
  const chosen: number[] = [];
  while (chosen.length < count) {
    let found = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = pending; place < size; place++) {
      if (isOpen[place] === 0) continue;
      const deviation = Math.sqrt(Math.max(0, left[place * size + place]) + improvementNoise);
      const score = logExpectedImprovement(mean[place], deviation, best);
      if (found < 0 || score > most) {
        found = place;
        most = score;
      }
    }
    if (found < 0) break;
    chosen.push(found);
    measure(found);
  }
  return chosen;
}
