import { largest } from "../kernels/topK.js";
import type { Generator } from "../random/index.js";

/**
 * The `count` best of `among`, best first. Which of several equal values at the border come in is drawn by lot: trees
 * give equal predictions to whole regions of a space, and always to take the lowest row numbers would search one corner.
 */
export function bestByLot(values: Float64Array, count: number, among: Int32Array, generator: Generator): Int32Array {
  const chosen = largest(values, count, among);
  if (chosen.length === 0 || chosen.length === among.length) return chosen;
  const border = values[chosen[chosen.length - 1]];
  const isTied = (row: number): boolean =>
    values[row] === border || (Number.isNaN(border) && Number.isNaN(values[row]));
  const tied: number[] = [];
  for (let i = 0; i < among.length; i++) if (isTied(among[i])) tied.push(among[i]);
  const inside = chosen.filter((row) => !isTied(row));
  const places = chosen.length - inside.length;
  if (places === tied.length) return chosen;
  return Int32Array.of(...inside, ...generator.choose(places, tied.length).map((place) => tied[place]));
}

/** 0, 1, 2, … */
export function rowNumbers(rows: number): Int32Array {
  const numbers = new Int32Array(rows);
  for (let row = 0; row < rows; row++) numbers[row] = row;
  return numbers;
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
    ranked.push(...bestByLot(values, count - ranked.length, group, generator));
  }
  return Int32Array.from(ranked);
}
