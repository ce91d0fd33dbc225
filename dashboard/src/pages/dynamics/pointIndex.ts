/** Points by squares of a grid, so that finding the nearest looks at a few. */
export interface PointIndex {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly squares: ReadonlyMap<string, readonly number[]>;
}

const side = 24;

export function pointIndex(xs: ArrayLike<number>, ys: ArrayLike<number>): PointIndex {
  const squares = new Map<string, number[]>();
  for (let point = 0; point < xs.length; point++) {
    const key = `${Math.floor(xs[point] / side)} ${Math.floor(ys[point] / side)}`;
    const square = squares.get(key);
    if (square === undefined) squares.set(key, [point]);
    else square.push(point);
  }
  return { xs, ys, squares };
}

/** Of what lies below a pointer this share of its reach is covered by a mark. */
const covered = 0.45;

/** The nearest point within reach. Preferred points count as half as far away, and before all others where their marks lie over these. */
export function nearestPoint(
  { xs, ys, squares }: PointIndex,
  x: number,
  y: number,
  reach: number,
  isPreferred: (point: number) => boolean,
): number | undefined {
  let nearest: number | undefined;
  let least = reach;
  for (let column = Math.floor((x - reach) / side); column <= Math.floor((x + reach) / side); column++) {
    for (let row = Math.floor((y - reach) / side); row <= Math.floor((y + reach) / side); row++) {
      for (const point of squares.get(`${column} ${row}`) ?? []) {
        const away = Math.hypot(xs[point] - x, ys[point] - y);
        const distance = isPreferred(point) ? away * (away < covered * reach ? 0.01 : 0.5) : away;
        if (distance >= least) continue;
        least = distance;
        nearest = point;
      }
    }
  }
  return nearest;
}
