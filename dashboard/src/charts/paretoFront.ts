/** Which way is better along an axis. */
export type Direction = "maximise" | "minimise";

/**
 * Places of the points that no other point beats: at least as good on both axes and better on one. In the order of x; of
 * points at the same place the first stands for all.
 */
export function paretoFront(
  xs: readonly (number | null)[],
  ys: readonly (number | null)[],
  xDirection: Direction,
  yDirection: Direction,
): number[] {
  const xSign = xDirection === "minimise" ? 1 : -1;
  const ySign = yDirection === "minimise" ? 1 : -1;
  const places: number[] = [];
  for (let i = 0; i < xs.length; i++) if (xs[i] !== null && ys[i] !== null && ys[i] !== undefined) places.push(i);
  places.sort((a, b) => xSign * (xs[a]! - xs[b]!) || ySign * (ys[a]! - ys[b]!) || a - b);
  const front: number[] = [];
  let best = Infinity;
  for (const place of places) {
    if (ySign * ys[place]! >= best) continue;
    best = ySign * ys[place]!;
    front.push(place);
  }
  return xSign > 0 ? front : front.reverse();
}
