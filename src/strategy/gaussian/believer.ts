import { createDoubt } from "./doubt.js";
import { addLogarithms, logShareOf, momentsOf, type Opinion } from "./opinion.js";

/** Candidates as a model sees them together. */
export interface JointBelief {
  /** One value for each candidate. */
  readonly mean: Float64Array;
  /** Of the function without noise, one value for each candidate. */
  readonly variance: Float64Array;
  /** Covariances of one candidate with all. */
  covarianceWith(place: number): Float64Array;
}

/** What one model thinks of the candidates. */
export interface JointOpinion extends Opinion {
  readonly belief: JointBelief;
  /** Variance that a measurement adds. */
  readonly noise: number;
}

/** How a batch is chosen. */
export interface BelieverOptions {
  readonly count: number;
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
  /** Mean of the function there, over all models. */
  readonly mean: number;
  /** Variance of the function at the choice, over all models, earlier members of the batch believed. */
  readonly variance: number;
  /** Whether it is believed to be at least as good as the best of the evaluated. */
  readonly exceeds: boolean;
}

/**
 * Chooses a batch one after the other: the largest expected improvement of a measurement over the best, then each model believes
 * that this candidate will measure what it predicts, which leaves all means as they are and makes its like less uncertain (the
 * kriging believer of Ginsbourger, Le Riche and Carraro 2010).
 *
 * @param opinions of the models, each about the same candidates
 * @returns fewer than `count` only where there are no more candidates
 * @example
 * const belief = process.among(pool, rows);
 * const opinion = { belief, weight: 1, best: 1.2, noise: 0.01, improvementNoise: 0.01 };
 * const chosen = believe([opinion], { count: 5, pending: 0, believes: true });
 */
export function believe(
  opinions: readonly JointOpinion[],
  { count, pending, believes, logChances }: BelieverOptions,
): Chosen[] {
  const size = opinions[0].belief.mean.length;
  const doubts = opinions.map(({ belief, noise }) => createDoubt(belief, noise));
  const shares = opinions.map(logShareOf);
  const isOpen = new Uint8Array(size).fill(1);

  function measure(place: number): void {
    isOpen[place] = 0;
    if (believes) for (const doubt of doubts) doubt.measure(place);
  }

  function scoreOf(place: number): number {
    let score = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < opinions.length; i++) {
      score = addLogarithms(score, shares[i](opinions[i].belief.mean[place], doubts[i].left[place]));
    }
    return score + (logChances?.[place] ?? 0);
  }

  function describe(place: number): Chosen {
    const said = opinions.map(({ weight, belief }, i) => ({
      weight,
      mean: belief.mean[place],
      variance: doubts[i].left[place],
    }));
    const gain = opinions.reduce((sum, { weight, best, belief }) => sum + weight * (belief.mean[place] - best), 0);
    return { place, ...momentsOf(said), exceeds: gain >= 0 };
  }

  for (let place = 0; place < pending; place++) measure(place);
  const chosen: Chosen[] = [];
  while (chosen.length < count) {
    let found = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = pending; place < size; place++) {
      if (isOpen[place] === 0) continue;
      const score = scoreOf(place);
      if (found < 0 || score > most) {
        found = place;
        most = score;
      }
    }
    if (found < 0) break;
    chosen.push(describe(found));
    if (chosen.length < count) measure(found);
    else isOpen[found] = 0;
  }
  return chosen;
}
