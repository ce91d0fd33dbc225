/** What stands in a table. */
export type Cell = string | number | Date | null;

/** A column of a table; what it holds decides how a file writes it. */
export interface ExportColumn {
  readonly name: string;
  readonly type: "whole" | "number" | "text" | "time";
}

/** Some rows of a table, a list of cells for each column. */
export interface ExportPiece {
  readonly rows: number;
  readonly values: readonly (readonly Cell[])[];
}

/** A table that is made piece by piece, so that a long one need not be held at once. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[];
  readonly pieces: () => Iterable<ExportPiece>;
}

/**
 * Names for columns that come from measurements: as they are, with a prefix where another column has that name.
 *
 * @example
 * freeNames(["test", "label"], ["trial", "label"], "metric_"); // ["test", "metric_label"]
 */
export function freeNames(names: readonly string[], taken: readonly string[], prefix: string): string[] {
  const used = new Set([...taken, ...names.filter((name) => !taken.includes(name))]);
  return names.map((name) => {
    if (!taken.includes(name)) return name;
    let free = prefix + name;
    while (used.has(free)) free = prefix + free;
    used.add(free);
    return free;
  });
}
