import type { Architecture } from "../../space/contract.js";
import type { GroupPart, SeenArchitecture, SummaryColumn, SummaryPart, ViewGroup } from "./group.js";

/** A column may reach over so many deviations; one that is nearly always the same counts less instead. */
const WIDEST = 10;
/** Columns that differ by less than this share of their size are constant. */
const SMALLEST = 1e-9;

interface Standard {
  readonly mean: number;
  readonly variance: number;
  /** What the column is divided by; 0: nothing can be told from it. */
  readonly divisor: number;
}

/** How much a column counts; 0: it is left out. */
export type Weighing = (column: SummaryColumn) => number;

/** Every column counts alike. */
export const plainly: Weighing = ({ isPlain = true }) => (isPlain ? 1 : 0);

/** Columns count by how far apart they set architectures. */
export const weighed: Weighing = ({ weight }) => weight;

/**
 * Numbers in different units made comparable: each column less its mean, divided by its standard deviation over the reference,
 * times its weight. Constant columns are left out. The divisor is at least a tenth of the range: else an operation that one architecture in
 * a thousand has would set it thirty deviations apart from all others, and its other columns would say nothing.
 *
 * Each run of the parts (such as `operations`) becomes a part of the group, where columns of it are left and are not all there is.
 */
export function createSummaryGroup(
  parts: readonly SummaryPart[],
  see: (architecture: Architecture) => SeenArchitecture,
  reference: readonly Architecture[],
  weightOf: Weighing,
): ViewGroup {
  const columns = parts.flatMap((part) => part.columns);
  const weights = columns.map(weightOf);
  const values = new Float64Array(columns.length);
  const writeValues = (seen: SeenArchitecture): void => {
    let offset = 0;
    for (const part of parts) {
      part.write(seen, values, offset);
      offset += part.columns.length;
    }
  };
  const table = new Float64Array(reference.length * columns.length);
  reference.forEach((architecture, row) => {
    writeValues(see(architecture));
    table.set(values, row * columns.length);
  });
  const standards = standardsOf(table, columns.length);
  const kept = Int32Array.from(standards.flatMap(({ divisor }, i) => (divisor > 0 && weights[i] > 0 ? [i] : [])));
  const means = Float64Array.from(kept, (column) => standards[column].mean);
  const divisors = Float64Array.from(kept, (column) => standards[column].divisor / weights[column]);
  const spreads = Float64Array.from(kept, (_, i) => (2 * standards[kept[i]].variance) / divisors[i] ** 2);
  return {
    name: "summary",
    kind: "dense",
    width: kept.length,
    columnNames: Array.from(kept, (column) => columns[column].name),
    spread: sumOf(spreads),
    parts: partsOf(parts, kept, spreads),
    write(seen, scale, row, offset) {
      writeValues(seen);
      for (let i = 0; i < kept.length; i++) {
        row[offset + i] = ((values[kept[i]] - means[i]) / divisors[i]) * scale;
      }
    },
  };
}

/** Where the columns that are left of each run stand; those that are all or none of the group are left out. */
function partsOf(parts: readonly SummaryPart[], kept: Int32Array, spreads: Float64Array): GroupPart[] {
  const found: GroupPart[] = [];
  const placeOf = (column: number): number => kept.filter((other) => other < column).length;
  let offset = 0;
  for (const { columns, runs = [] } of parts) {
    let column = offset;
    for (const { name, width } of runs) {
      const [start, end] = [placeOf(column), placeOf(column + width)];
      if (end > start && end - start < kept.length) {
        found.push({ name, start, width: end - start, spread: sumOf(spreads.subarray(start, end)) });
      }
      column += width;
    }
    offset += columns.length;
  }
  return found;
}

function sumOf(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** Mean, variance and divisor of each column of a table, row by row. */
function standardsOf(table: Float64Array, columns: number): Standard[] {
  const rows = table.length / columns;
  const means = new Float64Array(columns);
  const variances = new Float64Array(columns);
  const least = table.slice(0, columns);
  const most = table.slice(0, columns);
  for (let start = 0; start < table.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      const value = table[start + column];
      means[column] += value / rows;
      if (value < least[column]) least[column] = value;
      if (value > most[column]) most[column] = value;
    }
  }
  for (let start = 0; start < table.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      const difference = table[start + column] - means[column];
      variances[column] += (difference * difference) / rows;
    }
  }
  return Array.from(means, (mean, column) => {
    const variance = variances[column];
    const range = most[column] - least[column];
    const tells = Number.isFinite(variance) && range > SMALLEST * Math.max(1, Math.abs(mean));
    return { mean, variance, divisor: tells ? Math.max(Math.sqrt(variance), range / WIDEST) : 0 };
  });
}
