import { area, curveStepAfter, line } from "d3-shape";
import type { Band } from "../../../src/view/contract.js";
import type { AxisScale } from "./axes.js";

/** A staircase through the points, held until `last`. */
export function stepPath(
  points: readonly (readonly [number, number])[],
  x: (value: number) => number,
  y: (value: number) => number,
  last: number,
): string {
  if (points.length === 0) return "";
  const held = [...points, [Math.max(last, points.at(-1)![0]), points.at(-1)![1]] as const];
  return (
    line<readonly [number, number]>(
      ([at]) => x(at),
      ([, value]) => y(value),
    ).curve(curveStepAfter)(held) ?? ""
  );
}

/** The area between the ends of a band. */
export function bandPath(band: Band, x: AxisScale, y: AxisScale): string {
  const places = band.queries.map((_, index) => index);
  return (
    area<number>(
      (index) => x(band.queries[index]),
      (index) => y(band.low[index]),
      (index) => y(band.high[index]),
    ).curve(curveStepAfter)(places) ?? ""
  );
}

/** The middle of a band. */
export function middlePath(band: Band, x: AxisScale, y: AxisScale): string {
  const places = band.queries.map((_, index) => index);
  return (
    line<number>(
      (index) => x(band.queries[index]),
      (index) => y(band.middle[index]),
    ).curve(curveStepAfter)(places) ?? ""
  );
}

/** A line through the values that are there; it breaks where one is missing. */
export function brokenPath(values: readonly (number | null)[], x: (index: number) => number, y: AxisScale): string {
  return (
    line<number | null>(
      (_, index) => x(index),
      (value) => y(value ?? 0),
    ).defined((value) => value !== null)(values) ?? ""
  );
}

/** Places of values without a neighbour: no line shows them. */
export function lonePoints(values: readonly (number | null)[]): number[] {
  const isThere = (place: number): boolean => typeof values[place] === "number";
  return values.map((_, place) => place).filter((at) => isThere(at) && !isThere(at - 1) && !isThere(at + 1));
}

/** The part of a band up to a query, so that a curve of 15,625 queries does not squeeze a search of 200. */
export function cutBand(band: Band, last: number): Band {
  let count = band.queries.findIndex((query) => query > last);
  if (count < 0) count = band.queries.length;
  const cut = (list: readonly number[]): number[] => list.slice(0, count);
  return { queries: cut(band.queries), low: cut(band.low), middle: cut(band.middle), high: cut(band.high) };
}
