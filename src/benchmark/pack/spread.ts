import { AssayError } from "../../errors.js";
import type { Column, Pack } from "../contract.js";
import { columnType, createColumn } from "./columns.js";

/**
 * A pack with a part of a space, seen as one with a row for every architecture: NaN (0 in columns of whole numbers, "" in
 * columns of texts) where nothing was measured. The pack itself where it is complete.
 *
 * @param size how many architectures the space has
 */
export function spreadPack(pack: Pack, size: number): Pack {
  const { rowIndex, rows, name } = pack.metadata;
  if (rowIndex === undefined) {
    if (rows === size) return pack;
    throw new AssayError(
      "bad-pack",
      `${pack.source ?? name} has ${rows} rows where its space has ${size} architectures.`,
    );
  }
  const index = pack.column(rowIndex);
  for (let row = 0; row < rows; row++) {
    if (!(Number.isInteger(index[row]) && index[row] >= 0 && index[row] < size)) {
      throw new AssayError(
        "bad-pack",
        `${pack.source ?? name}: row ${row} has index ${index[row]} of 0 to ${size - 1}.`,
      );
    }
  }
  const spreads = new Map<string, Column>();
  return {
    metadata: pack.metadata,
    source: pack.source,
    columns: pack.columns,
    textColumns: pack.textColumns,
    column(wanted) {
      const known = spreads.get(wanted);
      if (known !== undefined) return known;
      const values = pack.column(wanted);
      const column = createColumn(columnType(values), size);
      if (!(column instanceof Int32Array)) column.fill(Number.NaN);
      for (let row = 0; row < rows; row++) column[index[row]] = values[row];
      spreads.set(wanted, column);
      return column;
    },
    text(wanted) {
      const values = pack.text(wanted);
      const texts = new Array<string>(size).fill("");
      for (let row = 0; row < rows; row++) texts[index[row]] = values[row];
      return texts;
    },
  };
}
