import type { Column, Pack, PackMetadata } from "../contract.js";
import { columnType, createColumn } from "./columns.js";

/**
 * Some rows of a pack that has one row for each architecture, as a pack. Columns are taken at the first call.
 *
 * @param rows row numbers, in the order that they get
 * @param changes what its metadata says instead; the number of rows follows
 */
export function takePackRows(pack: Pack, rows: Int32Array, changes: Partial<PackMetadata> = {}): Pack {
  const { rowIndex, ...kept } = pack.metadata;
  const taken = new Map<string, Column>();
  return {
    metadata: { ...kept, ...changes, rows: rows.length },
    source: pack.source,
    columns: pack.columns.filter((name) => name !== rowIndex),
    textColumns: pack.textColumns,
    column(name) {
      const known = taken.get(name);
      if (known !== undefined) return known;
      const column = takeRowsOf(pack.column(name), rows);
      taken.set(name, column);
      return column;
    },
    text(name) {
      const texts = pack.text(name);
      return Array.from(rows, (row) => texts[row]);
    },
  };
}

/** Some numbers of a column, in shared memory where there is any. */
export function takeRowsOf<Values extends Column>(column: Values, rows: Int32Array): Values {
  const taken = createColumn(columnType(column), rows.length) as Values;
  for (let row = 0; row < rows.length; row++) taken[row] = column[rows[row]];
  return taken;
}
