import { scaleLinear, scaleLog } from "d3-scale";
import type { AxisScale } from "./axes.js";

/** A scale of queries from 1 on: even, or by powers of ten. */
export function queryScale(isLog: boolean, most: number, from: number, to: number): AxisScale {
  const last = Math.max(2, most);
  const scale = isLog ? scaleLog([1, last], [from, to]) : scaleLinear([0, last], [from, to]);
  const draw = (value: number): number => scale(isLog ? Math.max(1, value) : value);
  return Object.assign(draw, {
    ticks: (count?: number) => (isLog ? powerTicks(last) : scale.ticks(count).filter((tick) => Number.isInteger(tick))),
  });
}

/** 1, 2, 5, 10, 20, 50, … */
export function powerTicks(most: number): number[] {
  const ticks: number[] = [];
  for (let power = 1; power <= most; power *= 10) ticks.push(...[1, 2, 5].map((factor) => factor * power));
  return ticks.filter((tick) => tick <= most);
}
