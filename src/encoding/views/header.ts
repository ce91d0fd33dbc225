import type { Matrix } from "../../kernels/matrix.js";
import type { ViewGroup } from "./group.js";

/** Where the numbers of one group stand in every row. */
export interface ViewSpan {
  /**
   * `dense`: each column is a coordinate. `sparse`: pairs (number of a coordinate, its value), sorted by number; all other
   * coordinates are 0, and a pair (-1, 0) is unused.
   */
  readonly kind: ViewGroup["kind"];
  /** The first column. */
  readonly start: number;
  /** How many columns. */
  readonly width: number;
}

const DENSE = 0;
const SPARSE = 1;

/** How many columns the header of so many groups has. */
export function headerWidth(groups: number): number {
  return 1 + 2 * groups;
}

/** What the columns of the header are called. */
export function headerNames(groups: readonly ViewGroup[]): string[] {
  return ["minus groups", ...groups.flatMap(({ name }) => [`kind of ${name}`, `width of ${name}`])];
}

/** The same numbers at the start of every row: minus the number of groups, then the kind and the width of each. */
export function headerOf(groups: readonly ViewGroup[]): Float32Array {
  return Float32Array.of(
    -groups.length,
    ...groups.flatMap(({ kind, width }) => [kind === "sparse" ? SPARSE : DENSE, width]),
  );
}

/**
 * The groups of rows in the encoding `views`; undefined for rows of any other encoding, and where there is no row. Looks at
 * the first and the last row only.
 *
 * @example
 * readViews(encodeAll(createNasBench201(), "views")); // [{ kind: "dense", start: 7, width: 30 }, …]
 * readViews(encodeAll(createNasBench201(), "one-hot")); // undefined
 */
export function readViews({ rows, columns, data }: Matrix): readonly ViewSpan[] | undefined {
  if (rows < 1) return undefined;
  const groups = -data[0];
  if (!(Number.isInteger(groups) && groups >= 1 && headerWidth(groups) < columns)) return undefined;
  const spans: ViewSpan[] = [];
  let start = headerWidth(groups);
  for (let group = 0; group < groups; group++) {
    const kind = data[1 + 2 * group];
    const width = data[2 + 2 * group];
    if (kind !== DENSE && kind !== SPARSE) return undefined;
    if (!(Number.isInteger(width) && width >= 1) || (kind === SPARSE && width % 2 !== 0)) return undefined;
    spans.push({ kind: kind === SPARSE ? "sparse" : "dense", start, width });
    start += width;
  }
  if (start !== columns) return undefined;
  const last = (rows - 1) * columns;
  for (let column = 0; column < headerWidth(groups); column++) {
    if (data[last + column] !== data[column]) return undefined;
  }
  return spans;
}
