import type { Matrix } from "../../kernels/matrix.js";
import type { ViewGroup } from "./group.js";

/** Where the numbers of one group stand in every row. Groups may overlap: a group and a part of it are both weighed. */
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
  /** The mean squared distance of two random architectures in these columns. */
  readonly spread: number;
}

/** A span and what it is called. */
export interface NamedSpan extends ViewSpan {
  readonly name: string;
}

const DENSE = 0;
const SPARSE = 1;
/** Columns of the header for each span. */
const EACH = 4;

/** How many columns the header of so many spans has. */
export function headerWidth(spans: number): number {
  return 1 + EACH * spans;
}

/** What the columns of the header are called. */
export function headerNames(spans: readonly NamedSpan[]): string[] {
  const ofSpan = ({ name }: NamedSpan): string[] =>
    ["kind", "start", "width", "spread"].map((property) => `${property} of ${name}`);
  return ["minus groups", ...spans.flatMap(ofSpan)];
}

/** The same numbers at the start of every row: minus the number of spans, then kind, start, width and spread of each. */
export function headerOf(spans: readonly ViewSpan[]): Float32Array {
  return Float32Array.of(
    -spans.length,
    ...spans.flatMap(({ kind, start, width, spread }) => [kind === "sparse" ? SPARSE : DENSE, start, width, spread]),
  );
}

/**
 * The groups of rows in the encoding `views`; undefined for rows of any other encoding, and where there is no row. Looks at
 * the first and the last row only.
 *
 * @example
 * readViews(encodeAll(createNasBench201(), "views")); // [{ kind: "sparse", start: 17, width: 12, spread: 1 }, …]
 * readViews(encodeAll(createNasBench201(), "one-hot")); // undefined
 */
export function readViews({ rows, columns, data }: Matrix): readonly ViewSpan[] | undefined {
  if (rows < 1) return undefined;
  const groups = -data[0];
  if (!(Number.isInteger(groups) && groups >= 1 && headerWidth(groups) < columns)) return undefined;
  const spans: ViewSpan[] = [];
  let reached = 0;
  for (let group = 0; group < groups; group++) {
    const [kind, start, width, spread] = data.subarray(headerWidth(group), headerWidth(group + 1));
    if (kind !== DENSE && kind !== SPARSE) return undefined;
    if (!(Number.isInteger(width) && width >= 1) || (kind === SPARSE && width % 2 !== 0)) return undefined;
    if (!(Number.isInteger(start) && start >= headerWidth(groups) && start + width <= columns)) return undefined;
    if (!(spread > 0 && Number.isFinite(spread))) return undefined;
    spans.push({ kind: kind === SPARSE ? "sparse" : "dense", start, width, spread });
    reached = Math.max(reached, start + width);
  }
  if (reached !== columns) return undefined;
  const last = (rows - 1) * columns;
  for (let column = 0; column < headerWidth(groups); column++) {
    if (data[last + column] !== data[column]) return undefined;
  }
  return spans;
}
