import type { Matrix } from "../../kernels/matrix.js";

/** Columns with more distinct values than this are scanned in sorted order instead of being counted by value. */
const MAXIMUM_LEVELS = 16;

/**
 * The rows that trees are grown from, arranged for finding splits. Encodings are mostly one-hot and adjacency bits, so a
 * row is a list of the few columns where it differs from that column's commonest value: counting a node costs
 * its rows times these, not times all columns.
 */
export interface TrainingColumns {
  readonly rows: number;
  /** How many columns are not constant; only these are kept. */
  readonly columns: number;
  /** Number of each kept column in the matrix. */
  readonly source: Int32Array;
  /** The distinct values of each kept column, rising. */
  readonly values: readonly Float64Array[];
  /** Position in `values` of each row and kept column, row-major. */
  readonly codes: Int32Array;
  /** The same, column by column. */
  readonly codesByColumn: Int32Array;
  /** How many bins there are: one for each value of a counted column but its commonest. */
  readonly bins: number;
  /** The only bin of a counted column with two values; -1 for all other columns. */
  readonly onlyBin: Int32Array;
  /** First bin of a counted column, its values in rising order; -1 for a column scanned in sorted order. */
  readonly firstBin: Int32Array;
  /** Position of the value without a bin: the commonest. */
  readonly commonest: Int32Array;
  /** The bins of row i are `rowBins` from `rowStart[i]` up to `rowStart[i + 1]`. */
  readonly rowStart: Int32Array;
  readonly rowBins: Int32Array;
  /** For each kept column that is not counted, all rows by rising value; undefined for counted columns. */
  readonly sorted: readonly (Int32Array | undefined)[];
}

/** Arranges a matrix for growing trees. */
export function arrangeColumns(features: Matrix): TrainingColumns {
  const { rows, columns: width, data } = features;
  const source: number[] = [];
  const values: Float64Array[] = [];
  for (let column = 0; column < width; column++) {
    const distinct = distinctValues(features, column);
    if (distinct.length < 2) continue;
    source.push(column);
    values.push(distinct);
  }
  const columns = source.length;
  const codes = new Int32Array(rows * columns);
  const codesByColumn = new Int32Array(rows * columns);
  const onlyBin = new Int32Array(columns).fill(-1);
  const firstBin = new Int32Array(columns).fill(-1);
  const commonest = new Int32Array(columns).fill(-1);
  const sorted: (Int32Array | undefined)[] = new Array(columns).fill(undefined);
  let bins = 0;
  let entries = 0;
  for (let column = 0; column < columns; column++) {
    const distinct = values[column];
    const counts = new Int32Array(distinct.length);
    for (let row = 0; row < rows; row++) {
      const code = positionOf(distinct, data[row * width + source[column]]);
      codes[row * columns + column] = code;
      codesByColumn[column * rows + row] = code;
      counts[code]++;
    }
    if (distinct.length <= MAXIMUM_LEVELS) {
      commonest[column] = counts.indexOf(Math.max(...counts));
      firstBin[column] = bins;
      if (distinct.length === 2) onlyBin[column] = bins;
      bins += distinct.length - 1;
      entries += rows - counts[commonest[column]];
    } else {
      sorted[column] = sortByCode(codes, columns, column, counts);
    }
  }
  const rowStart = new Int32Array(rows + 1);
  const rowBins = new Int32Array(entries);
  let filled = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const code = codes[row * columns + column];
      if (firstBin[column] < 0 || code === commonest[column]) continue;
      rowBins[filled++] = firstBin[column] + (code > commonest[column] ? code - 1 : code);
    }
    rowStart[row + 1] = filled;
  }
  return {
    rows,
    columns,
    source: Int32Array.from(source),
    values,
    codes,
    codesByColumn,
    bins,
    onlyBin,
    firstBin,
    commonest,
    rowStart,
    rowBins,
    sorted,
  };
}

function distinctValues({ rows, columns, data }: Matrix, column: number): Float64Array {
  const distinct = new Set<number>();
  let last = Number.NaN;
  for (let row = 0; row < rows; row++) {
    const value = data[row * columns + column];
    if (value === last) continue;
    last = value;
    distinct.add(value);
  }
  return Float64Array.from(distinct).sort();
}

function positionOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All rows by rising code (counting sort, so rows with equal codes keep their order). */
function sortByCode(codes: Int32Array, columns: number, column: number, counts: Int32Array): Int32Array {
  const next = new Int32Array(counts.length);
  for (let code = 1; code < counts.length; code++) next[code] = next[code - 1] + counts[code - 1];
  const rows = codes.length / columns;
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[next[codes[row * columns + column]]++] = row;
  return order;
}
