import { mean } from "./mean.js";
import { ranks } from "./ranks.js";

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, ties sharing their mean rank (Spearman 1904).
 * NaN for fewer than two values, for a constant list and where a NaN occurs; RangeError where the lengths differ.
 *
 * @example
 * spearman([1, 2, 3, 4], [1, 3, 2, 4]); // 0.8
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`lists of different lengths: ${a.length} and ${b.length}`);
  const first = ranks(a);
  const second = ranks(b);
  const firstMean = mean(first);
  const secondMean = mean(second);
  let together = 0;
  let firstSquares = 0;
  let secondSquares = 0;
  for (let i = 0; i < first.length; i++) {
    const x = first[i] - firstMean;
    const y = second[i] - secondMean;
    together += x * y;
    firstSquares += x * x;
    secondSquares += y * y;
  }
  const correlation = together / Math.sqrt(firstSquares) / Math.sqrt(secondSquares);
  return Math.max(-1, Math.min(1, correlation));
}
