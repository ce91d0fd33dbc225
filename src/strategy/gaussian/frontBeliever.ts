import { type BelievedValue, FrontCells } from "../../acquisition/expectedHypervolumeImprovement.js";
import type { JointBelief } from "./believer.js";
import { createDoubt } from "./doubt.js";

/** How a batch is chosen for a front. */
export interface FrontBelieverOptions {
  readonly count: number;
  /** The front to improve upon, one coordinate for each objective; other points do no harm. */
  readonly points: readonly (readonly number[])[];
  readonly reference: readonly number[];
  /** Variance that a measurement of the label adds. */
  readonly noise: number;
  /** Variance of the label that counts as chance of improvement besides the model's own doubt. */
  readonly improvementNoise: number;
  /** How many of the first candidates are being measured already; they are believed first and never chosen. */
  readonly pending: number;
  /** false: what was chosen changes nothing. */
  readonly believes: boolean;
  /** Logarithm of the chance that a measurement succeeds at all, for each candidate; absent: all do. */
  readonly logChances?: Float64Array | undefined;
}

/** An objective besides the label, for all candidates: known coordinates, or a belief with the noise of its measurements. */
export type OtherBelief = { readonly known: Float64Array } | { readonly belief: JointBelief; readonly noise: number };

/** A chosen candidate. */
export interface ChosenForFront {
  readonly place: number;
  /** Variance of its label at the choice, earlier members of the batch believed. */
  readonly variance: number;
  /** Whether it joins the front if it measures what is predicted. */
  readonly joins: boolean;
}

/**
 * Chooses a batch one after the other, as `believe` does for one objective: the largest expected hypervolume improvement, then this
 * candidate is believed to measure what is predicted. It joins the front, and its like become less uncertain.
 *
 * @returns fewer than `count` only where there are no more candidates
 */
export function believeInFront(
  label: JointBelief,
  others: readonly OtherBelief[],
  options: FrontBelieverOptions,
): ChosenForFront[] {
  const { count, reference, noise, improvementNoise, pending, believes, logChances } = options;
  const size = label.mean.length;
  const doubt = createDoubt(label, noise);
  const doubts = others.map((other) => ("belief" in other ? createDoubt(other.belief, other.noise) : undefined));
  const isOpen = new Uint8Array(size).fill(1);
  const points = options.points.slice();
  let cells = new FrontCells(points, reference);

  const meanOf = (other: OtherBelief, place: number): number =>
    "known" in other ? other.known[place] : other.belief.mean[place];
  const beliefsAt = (place: number): BelievedValue[] =>
    others.map((other, i) => ({
      mean: meanOf(other, place),
      standardDeviation: Math.sqrt(doubts[i]?.left[place] ?? 0),
    }));

  function measure(place: number): void {
    isOpen[place] = 0;
    if (!believes) return;
    doubt.measure(place);
    for (const one of doubts) one?.measure(place);
    points.push([label.mean[place], ...others.map((other) => meanOf(other, place))]);
    cells = new FrontCells(points, reference);
  }

  for (let place = 0; place < pending; place++) measure(place);
  const chosen: ChosenForFront[] = [];
  while (chosen.length < count) {
    let found = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let place = pending; place < size; place++) {
      if (isOpen[place] === 0) continue;
      const deviation = Math.sqrt(doubt.left[place] + improvementNoise);
      const improvement = cells.logImprovement(label.mean[place], deviation, beliefsAt(place));
      const score = improvement + (logChances?.[place] ?? 0);
      if (found < 0 || score > most) {
        found = place;
        most = score;
      }
    }
    if (found < 0) break;
    const certain = others.map((other): BelievedValue => ({ mean: meanOf(other, found), standardDeviation: 0 }));
    const joins = cells.logImprovement(label.mean[found], 0, certain) > Number.NEGATIVE_INFINITY;
    chosen.push({ place: found, variance: doubt.left[found], joins });
    if (chosen.length < count) measure(found);
    else isOpen[found] = 0;
  }
  return chosen;
}
