import type { Memory, NetworkBuilder } from "./builder.js";

/** Rows of data that a convolution goes through at a time: a cache line of each fits the innermost cache, for the next tile. */
export const BLOCK = 192;

/** One term of the sum of a convolution: from which plane, and how many rows and columns away from the place. */
export interface Term {
  /** Bytes from the start of the data. */
  readonly plane: number;
  readonly down: number;
  readonly right: number;
}

/** The places along one axis: place i of the target reads from place i * step of the source and around it. */
export interface Axis {
  readonly count: number;
  readonly step: number;
  /** Places of the source. */
  readonly size: number;
  /** Bytes from one place to the next. */
  readonly source: number;
  readonly target: number;
}

/** Tables of the kernel `convolve`. */
export interface Regions {
  readonly count: number;
  readonly regions: Memory;
  readonly entries: Memory;
}

/** Places one after the other that have the same terms inside the image. */
interface Stretch {
  readonly first: number;
  readonly count: number;
  readonly inside: (offset: number) => boolean;
}

/** Cuts an axis where the offsets that lie inside the image change. */
export function stretchesOf(offsets: readonly number[], { count, step, size }: Axis): Stretch[] {
  const isInside = (place: number, offset: number): boolean =>
    place * step + offset >= 0 && place * step + offset < size;
  const same = (a: number, b: number): boolean =>
    offsets.every((offset) => isInside(a, offset) === isInside(b, offset));
  const stretches: Stretch[] = [];
  for (let first = 0; first < count; ) {
    let end = first + 1;
    while (end < count && same(first, end)) end++;
    const place = first;
    stretches.push({ first, count: end - first, inside: (offset) => isInside(place, offset) });
    first = end;
  }
  return stretches;
}

/**
 * The rectangles of a convolution in which the same terms lie inside the image. Terms beyond its edge are zero: leaving them out
 * changes no sum, and saves a third of the work on an image of 4 x 4.
 *
 * @param terms in the order of the sum
 * @param run vectors to a place
 */
export function planRegions(
  builder: NetworkBuilder,
  terms: readonly Term[],
  rows: Axis,
  columns: Axis,
  run: number,
): Regions {
  const regions: number[] = [];
  const entries: number[] = [];
  const columnStretches = stretchesOf([...new Set(terms.map(({ right }) => right))], columns);
  let count = 0;
  for (const row of stretchesOf([...new Set(terms.map(({ down }) => down))], rows)) {
    for (const column of columnStretches) {
      regions.push(
        row.first * rows.step * rows.source + column.first * columns.step * columns.source,
        row.first * rows.target + column.first * columns.target,
        ...shapeOf(row, column, rows, columns, run),
      );
      for (const [k, { plane, down, right }] of terms.entries()) {
        if (k % BLOCK === 0) regions.push(entries.length / 2);
        if (!(row.inside(down) && column.inside(right))) continue;
        entries.push(plane + down * rows.source + right * columns.source, 16 * (k % BLOCK));
      }
      regions.push(entries.length / 2);
      count++;
    }
  }
  return {
    count,
    regions: builder.table(Int32Array.from(regions)),
    entries: builder.table(Int32Array.from(entries)),
  };
}

/** Rows, columns and vectors of a region; what lies in one piece in source and target is one place. */
function shapeOf(row: Stretch, column: Stretch, rows: Axis, columns: Axis, run: number): [number, number, number] {
  if (columns.step !== 1 || columns.target !== columns.source) return [row.count, column.count, run];
  const bytes = column.count * columns.source;
  const isWhole = rows.step === 1 && rows.source === bytes && rows.target === bytes;
  return isWhole ? [1, 1, row.count * column.count * run] : [row.count, 1, column.count * run];
}
