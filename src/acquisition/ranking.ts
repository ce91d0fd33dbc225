import { largest } from "../kernels/topK.js";
import type { Generator } from "../random/index.js";

/**
 * The `count` best of `among` (of all rows where it is absent), best first. Which of several equal values at the border come
 * in is drawn by lot: trees give equal predictions to whole regions of a space, and always to take the lowest row numbers
 * would search one corner.
 */
export function bestByLot(
  values: Float64Array,
  count: number,
  among: Int32Array | undefined,
  generator: Generator,
): Int32Array {
  const ranked = largest(values, count + 1, among);
  const chosen = ranked.subarray(0, count);
  if (count === 0 || ranked.length === chosen.length) return chosen;
  const border = values[chosen[count - 1]];
  const isTied = (value: number): boolean => value === border || (Number.isNaN(border) && Number.isNaN(value));
  if (!isTied(values[ranked[count]])) return chosen;
  const tied: number[] = [];
  const available = among === undefined ? values.length : among.length;
  for (let i = 0; i < available; i++) {
    const row = among === undefined ? i : among[i];
    if (isTied(values[row])) tied.push(row);
  }
  const inside = chosen.filter((row) => !isTied(values[row]));
  const drawn = generator.choose(count - inside.length, tied.length).map((place) => tied[place]);
  return Int32Array.from([...inside, ...drawn]);
}

/**
 * The `count` eligible rows with the largest score, best first. Where scores cannot tell rows apart (infinite, or not a
 * number), the mean decides; where that cannot either, the lot.
 *
 * @param scores one value for each row of the prediction; only eligible rows are read
 */
export function selectByScore(
  scores: Float64Array,
  mean: Float64Array,
  eligible: Int32Array,
  count: number,
  generator: Generator,
): Int32Array {
  const chosen = bestByLot(scores, count, eligible, generator);
  if (chosen.every((row) => Number.isFinite(scores[row]))) return chosen;
  const ranked: number[] = [];
  for (const [values, belongs] of [
    [mean, (score: number) => score === Number.POSITIVE_INFINITY],
    [scores, Number.isFinite],
    [mean, (score: number) => !(score > Number.NEGATIVE_INFINITY)],
  ] as const) {
    const group = eligible.filter((row) => belongs(scores[row]));
    for (const row of bestByLot(values, count - ranked.length, group, generator)) ranked.push(row);
  }
  return Int32Array.from(ranked);
}
