import { AssayError } from "../errors.js";

/** Which way an objective is better. */
export type Direction = "maximise" | "minimise";

/**
 * The points that no other point dominates: none is at least as good in every objective and better in one. Equal points do not
 * dominate each other, so all of them stay; a point with a value that is not a number never belongs.
 *
 * @param points one to three values each
 * @param directions one for each value
 * @returns positions in `points`, rising; O(n log n) for one and two objectives
 * @example
 * paretoFront([[93, 40], [91, 10], [90, 12]], ["maximise", "minimise"]); // [0, 1]
 */
export function paretoFront(points: readonly ArrayLike<number>[], directions: readonly Direction[]): number[] {
  const count = requireDirections(directions);
  const columns = directions.map((direction, objective) =>
    Float64Array.from(points, (point) => (direction === "maximise" ? point[objective] : -point[objective])),
  );
  const [first, second = first, third] = columns;
  const order = Array.from(points.keys()).filter((i) => columns.every((column) => !Number.isNaN(column[i])));
  order.sort((a, b) => first[b] - first[a] || second[b] - second[a] || (third === undefined ? 0 : third[b] - third[a]));
  const members = count < 3 ? sweep(order, first, second) : sweepStairs(order, first, second, third);
  return members.sort((a, b) => a - b);
}

/** Whoever comes later in the order has to be better in the second objective, or equal to a member. */
function sweep(order: readonly number[], first: Float64Array, second: Float64Array): number[] {
  const members: number[] = [];
  let last: number | undefined;
  for (const i of order) {
    const isEqual = last !== undefined && first[i] === first[last] && second[i] === second[last];
    if (last !== undefined && !isEqual && !(second[i] > second[last])) continue;
    members.push(i);
    last = i;
  }
  return members;
}

/** The same with the front of the other two objectives of all that came before, as stairs. */
function sweepStairs(
  order: readonly number[],
  first: Float64Array,
  second: Float64Array,
  third: Float64Array,
): number[] {
  const stairs = createStairs();
  const members: number[] = [];
  let last: number | undefined;
  for (const i of order) {
    const isEqual =
      last !== undefined && first[i] === first[last] && second[i] === second[last] && third[i] === third[last];
    if (!isEqual && !stairs.add(second[i], third[i])) continue;
    members.push(i);
    last = i;
  }
  return members;
}

/** The front of points of two maximised objectives, to which points are added one after the other. */
export interface Stairs {
  /** Falling. */
  readonly first: readonly number[];
  /** Rising. */
  readonly second: readonly number[];
  /** Adds a point and drops those that it covers; false (and nothing changes) where one is at least as good in both. */
  add(first: number, second: number): boolean;
}

export function createStairs(): Stairs {
  const first: number[] = [];
  const second: number[] = [];
  return {
    first,
    second,
    add(x, y) {
      // The steps before `low` have a larger first value.
      let low = 0;
      for (let high = first.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (first[middle] > x) low = middle + 1;
        else high = middle;
      }
      if (low > 0 && second[low - 1] >= y) return false;
      if (low < first.length && first[low] === x && second[low] >= y) return false;
      let after = low;
      while (after < first.length && second[after] <= y) after++;
      first.splice(low, after - low, x);
      second.splice(low, after - low, y);
      return true;
    },
  };
}

/** The number of objectives; throws AssayError where it is not 1 to 3. */
export function requireDirections(directions: readonly Direction[]): number {
  const count = directions.length;
  if (count >= 1 && count <= 3) return count;
  throw new AssayError("bad-count", `A Pareto front has one, two or three objectives, not ${count}.`);
}
