import { commonToBest } from "./topShare.js";

/**
 * The share (0 to 1) of the predicted best `k` items that are among the truly best `best`. Equal to `recallAtK` for
 * `best = k`. Larger is better in both lists; ties at an edge share its places equally (see `commonToBest`); NaN counts
 * as worst. RangeError where the lists differ in length or where k or `best` is not between 1 and that length.
 *
 * @param best how many items count as truly best; `k` by default
 * @example
 * precisionAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 2, 3); // 1: the prediction's best two are among the best three
 */
export function precisionAtK(truth: ArrayLike<number>, predicted: ArrayLike<number>, k: number, best = k): number {
  return commonToBest(truth, predicted, best, k) / k;
}
