/** How N, the number of best predictions to draw from, changes during a search. */
export interface TopSchedule {
  readonly schedule: "constant" | "linear" | "halving";
  /** N at the first iteration. */
  readonly top: number;
  /** N at the end; never more than `top`. */
  readonly topEnd: number;
  /** Queries after the initial sample until `topEnd` is reached. */
  readonly span: number;
}

/**
 * N after this many queries beyond the initial sample.
 *
 * @example
 * topAt({ schedule: "linear", top: 100, topEnd: 20, span: 80 }, 40); // 60
 */
export function topAt({ schedule, top, topEnd, span }: TopSchedule, queries: number): number {
  const end = Math.min(top, topEnd);
  const progress = Math.max(0, Math.min(1, queries / span));
  if (schedule === "linear") return Math.round(top + (end - top) * progress);
  if (schedule === "halving") {
    let halvings = 0;
    while (top / 2 ** halvings > end) halvings++;
    return Math.max(end, Math.floor(top / 2 ** Math.floor(progress * halvings)));
  }
  return top;
}
