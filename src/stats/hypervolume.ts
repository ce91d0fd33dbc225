import { AssayError } from "../errors.js";
import { createStairs, type Direction, requireDirections } from "./paretoFront.js";

/**
 * The volume of all that lies between a reference point and at least one of the points: how much a front covers (Zitzler and Thiele
 * 1998). Exact. A point that is not better than the reference in every objective adds nothing.
 *
 * @param points one to three values each, dominated ones and equal ones too
 * @param directions one for each value
 * @param reference one finite value for each objective
 * @returns in the product of the units of the objectives
 * @example
 * hypervolume([[3, 1], [1, 3]], ["maximise", "maximise"], [0, 0]); // 5
 */
export function hypervolume(
  points: readonly ArrayLike<number>[],
  directions: readonly Direction[],
  reference: ArrayLike<number>,
): number {
  const count = requireDirections(directions);
  if (reference.length !== count || !Array.from(reference).every(Number.isFinite)) {
    throw new AssayError(
      "bad-count",
      `The reference point must be ${count} finite numbers, one for each objective, not [${Array.from(reference).join(", ")}].`,
    );
  }
  const beyond = points
    .map((point) =>
      directions.map((direction, i) => (direction === "maximise" ? point[i] - reference[i] : reference[i] - point[i])),
    )
    .filter((point) => point.every((value) => value > 0));
  if (beyond.length === 0) return 0;
  if (count === 1) return Math.max(...beyond.map(([value]) => value));
  const depth = (point: readonly number[]): number => (count === 2 ? 1 : point[2]);
  beyond.sort((a, b) => depth(b) - depth(a));
  // From the deepest on: each slice is as large as the stairs of all that reach so deep.
  const stairs = createStairs();
  let volume = 0;
  beyond.forEach((point, i) => {
    stairs.add(point[0], point[1]);
    const next = count === 2 ? 0 : (beyond[i + 1]?.[2] ?? 0);
    if (count === 2 && i + 1 < beyond.length) return;
    if (depth(point) > next) volume += (depth(point) - next) * areaBelow(stairs.first, stairs.second);
  });
  return volume;
}

function areaBelow(first: readonly number[], second: readonly number[]): number {
  let area = 0;
  for (let step = 0; step < first.length; step++) area += first[step] * (second[step] - (second[step - 1] ?? 0));
  return area;
}
