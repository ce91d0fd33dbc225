/** A point of a figure that tells something when it is touched, in pixels. */
export interface Target {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly lines?: readonly string[];
  /** Where a click leads. */
  readonly href?: string;
}

/** The nearest target within reach of a pointer; the first of equals. */
export function nearestTarget(targets: readonly Target[], x: number, y: number, reach = 28): Target | undefined {
  let nearest: Target | undefined;
  let least = reach * reach;
  for (const target of targets) {
    const distance = (target.x - x) ** 2 + (target.y - y) ** 2;
    if (distance < least) {
      least = distance;
      nearest = target;
    }
  }
  return nearest;
}
