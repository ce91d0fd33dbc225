import type { MapLayout } from "./mapLayout.js";

export type Direction = "left" | "right" | "up" | "down";

const ways: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Pixels that a step goes at least, so that one gets on; enlarging the map makes steps finer. */
const least = 7;

/**
 * The next point in a direction: the nearest one that lies more in that direction than aside. Undefined where there is none.
 *
 * @param layout of the view that is shown
 * @param from a point; undefined for the middle of the view
 */
export function stepTowards(
  { xs, ys, width, height }: MapLayout,
  from: number | undefined,
  direction: Direction,
): number | undefined {
  const [right, down] = ways[direction];
  const [x, y] = from === undefined ? [width / 2, height / 2] : [xs[from], ys[from]];
  let next: number | undefined;
  let shortest = Infinity;
  for (let point = 0; point < xs.length; point++) {
    const [across, up] = [xs[point] - x, ys[point] - y];
    const along = across * right + up * down;
    const aside = Math.abs(across * down) + Math.abs(up * right);
    if (along < least || aside > along) continue;
    const far = along + 2 * aside;
    if (far >= shortest) continue;
    shortest = far;
    next = point;
  }
  return next;
}
