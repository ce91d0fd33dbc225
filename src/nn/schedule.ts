/** A learning rate for each moment of a training: `progress` runs from 0 to 1. */
export type Schedule = (progress: number) => number;

/** From `start` to `end` along half a cosine (Loshchilov and Hutter 2017). */
export function cosineSchedule(start: number, end = 0): Schedule {
  return (progress) => end + (start - end) * halfCosine(progress);
}

/** `start`, times `factor` from each of the given moments on. */
export function stepSchedule(start: number, factor: number, moments: readonly number[]): Schedule {
  return (progress) => moments.reduce((rate, moment) => (progress >= moment ? rate * factor : rate), start);
}

/**
 * (1 + cos(pi t)) / 2 as a polynomial: `Math.cos` may differ between versions of an engine, and a learning rate changes every result.
 */
function halfCosine(t: number): number {
  const bounded = Math.min(1, Math.max(0, t));
  // sin(x) for x = pi (1/2 - t) by its Taylor series; |x| <= pi/2 makes eleven terms exact to 1e-16.
  const x = Math.PI * (0.5 - bounded);
  let term = x;
  let sine = x;
  for (let n = 1; n <= 11; n++) {
    term *= (-x * x) / (2 * n * (2 * n + 1));
    sine += term;
  }
  return (1 + sine) / 2;
}
