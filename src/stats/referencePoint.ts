import { type Direction, paretoFront, requireDirections } from "./paretoFront.js";

/** How far beyond the worst value the reference lies, as a share of the range. */
const BEYOND = 0.1;

/**
 * A reference point for the hypervolume that nobody has to choose: the worst value of each objective among the points, and a tenth of
 * their range beyond it. Where all are equal, a tenth of their size (or 1).
 *
 * @param points one to three values each; those with a value that is not finite are left out
 * @param among whose worst value counts: that of all points, or that of the Pareto front only
 * @returns undefined where no point is left
 * @example
 * referencePoint([[93, 40], [91, 10]], ["maximise", "minimise"]); // [90.8, 43]
 */
export function referencePoint(
  points: readonly ArrayLike<number>[],
  directions: readonly Direction[],
  among: "all" | "front" = "all",
): number[] | undefined {
  requireDirections(directions);
  const finite = points.filter((point) => directions.every((_, i) => Number.isFinite(point[i])));
  if (finite.length === 0) return undefined;
  const counted = among === "all" ? finite : paretoFront(finite, directions).map((i) => finite[i]);
  return directions.map((direction, i) => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const point of counted) {
      least = Math.min(least, point[i]);
      most = Math.max(most, point[i]);
    }
    const range = most - least || Math.abs(most) || 1 / BEYOND;
    return direction === "maximise" ? least - BEYOND * range : most + BEYOND * range;
  });
}
