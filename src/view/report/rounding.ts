/** A number with so many significant digits: the others would be most of the file. */
export function roundTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

export function roundAll(values: readonly number[], digits: number): number[] {
  return values.map((value) => roundTo(value, digits));
}
