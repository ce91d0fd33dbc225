import { largest } from "../kernels/topK.js";

/**
 * The `count` eligible rows with the largest score, best first. Where scores cannot tell rows apart (infinite, or not a
 * number), the mean decides.
 *
 * @param scores one value for each row of the prediction; only eligible rows are read
 */
export function selectByScore(
  scores: Float64Array,
  mean: Float64Array,
  eligible: Int32Array,
  count: number,
): Int32Array {
  const chosen = largest(scores, count, eligible);
  if (chosen.every((row) => Number.isFinite(scores[row]))) return chosen;
  const certain = eligible.filter((row) => scores[row] === Number.POSITIVE_INFINITY);
  const finite = eligible.filter((row) => Number.isFinite(scores[row]));
  const hopeless = eligible.filter((row) => !(scores[row] > Number.NEGATIVE_INFINITY));
  const ranked = [
    ...largest(mean, count, certain),
    ...largest(scores, count, finite),
    ...largest(mean, count, hopeless),
  ];
  return Int32Array.from(ranked.slice(0, count));
}
