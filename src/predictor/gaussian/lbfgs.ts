/** A value and its gradient. The gradient may be overwritten by the next evaluation. */
export interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** How `minimise` goes about it. */
export interface MinimiseOptions {
  /** Evaluations, at most. */
  readonly evaluations: number;
  /** How far one step may move a variable, at most. Default: any distance. */
  readonly furthest?: number;
  /** Gradient below which nothing more is to be gained, as the largest of its components. Default 1e-5. */
  readonly tolerance?: number;
}

/** Where `minimise` ended. */
export interface Minimum {
  readonly place: Float64Array;
  readonly value: number;
  readonly evaluations: number;
}

const REMEMBERED = 8;
const SUFFICIENT = 1e-4;
const CURVATURE = 0.9;

/**
 * The place of a small value of a smooth function, by L-BFGS (Liu and Nocedal 1989) with a line search for the weak Wolfe
 * conditions by bisection (Lewis and Overton 2013). A value that is not finite counts as too far. Never ends above the value
 * at the start.
 *
 * @example
 * minimise(rosenbrock, Float64Array.of(-1.2, 1), { evaluations: 200 }).place; // about 1, 1
 */
export function minimise(
  evaluate: (place: Float64Array) => Evaluated,
  start: Float64Array,
  { evaluations, furthest = Number.POSITIVE_INFINITY, tolerance = 1e-5 }: MinimiseOptions,
): Minimum {
  let place: Float64Array = start.slice();
  let { value, gradient }: Evaluated = copied(evaluate(place));
  let used = 1;
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  while (used < evaluations && Number.isFinite(value) && largestOf(gradient) > tolerance) {
    const direction = descent(gradient, steps, changes);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      steps.length = 0;
      changes.length = 0;
      direction.set(gradient.map((component) => -component));
      slope = -dot(gradient, gradient);
    }
    const longest = furthest / largestOf(direction);
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let length = Math.min(longest, steps.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1);
    let best: { place: Float64Array; value: number; gradient: Float64Array } | undefined;
    while (used < evaluations) {
      const tried = place.map((component, i) => component + length * direction[i]);
      const found = copied(evaluate(tried));
      used++;
      if (!(found.value <= value + SUFFICIENT * length * slope)) {
        high = length;
        // The bottom of the parabola through both values and the slope at the start.
        const bottom = (-slope * length * length) / (2 * (found.value - value - slope * length));
        const inside = Number.isFinite(bottom) ? Math.max(bottom, 0.1 * length) : 0.1 * length;
        length = best === undefined ? Math.min(inside, 0.5 * length) : (low + high) / 2;
      } else {
        best = { place: tried, ...found };
        if (dot(direction, found.gradient) >= CURVATURE * slope || length >= longest) break;
        low = length;
        length = high === Number.POSITIVE_INFINITY ? Math.min(longest, 2 * length) : (low + high) / 2;
      }
      if (high - low < 1e-10 * high) break;
    }
    if (best === undefined) break;
    const step = best.place.map((component, i) => component - place[i]);
    const change = best.gradient.map((component, i) => component - gradient[i]);
    if (dot(step, change) > 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) {
      steps.push(step);
      changes.push(change);
      if (steps.length > REMEMBERED) {
        steps.shift();
        changes.shift();
      }
    }
    ({ place, value, gradient } = best);
  }
  return { place, value, evaluations: used };
}

function copied({ value, gradient }: Evaluated): Evaluated {
  return { value, gradient: gradient.slice() };
}

/** Minus the inverse Hessian, as the remembered steps show it, times the gradient. */
function descent(
  gradient: Float64Array,
  steps: readonly Float64Array[],
  changes: readonly Float64Array[],
): Float64Array {
  const direction = gradient.map((component) => -component);
  const shares: number[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    shares[i] = dot(steps[i], direction) / dot(steps[i], changes[i]);
    addTo(direction, changes[i], -shares[i]);
  }
  const last = steps.length - 1;
  if (last >= 0) {
    const scale = dot(steps[last], changes[last]) / dot(changes[last], changes[last]);
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  }
  for (let i = 0; i < steps.length; i++) {
    const share = dot(changes[i], direction) / dot(steps[i], changes[i]);
    addTo(direction, steps[i], shares[i] - share);
  }
  return direction;
}

function addTo(target: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * other[i];
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
  return sum;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
