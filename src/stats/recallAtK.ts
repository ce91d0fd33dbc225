import { commonToBest } from "./topShare.js";

/**
 * The share (0 to 1) of the truly best `best` items that stand among the predicted best `k`. Larger is better in both
 * lists; ties at an edge share its places equally (see `commonToBest`); NaN counts as worst. RangeError where the lists
 * differ in length or where k or `best` is not between 1 and that length.
 *
 * @param best how many items count as truly best; `k` by default
 * @example
 * recallAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 2); // 0.5: of items 0 and 1, the prediction's best two hold item 0
 */
export function recallAtK(truth: ArrayLike<number>, predicted: ArrayLike<number>, k: number, best = k): number {
  return commonToBest(truth, predicted, best, k) / best;
}
