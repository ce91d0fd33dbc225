/** An interval of confidence, in the unit of the values. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
