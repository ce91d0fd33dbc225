import type { Column, Pack } from "../contract.js";
import type { PackContents } from "./contents.js";
import { missingColumn } from "./open.js";
import { completeMetadata } from "./write.js";

/**
 * A pack that lies in memory only, for tables that a program makes itself.
 *
 * @example
 * const pack = createPack({ metadata, columns: new Map([["test_accuracy", accuracies]]), text: new Map() });
 */
export function createPack(contents: PackContents): Pack {
  const { columns, text } = contents;
  return {
    metadata: completeMetadata(contents),
    source: undefined,
    columns: [...columns.keys()],
    textColumns: [...text.keys()],
    column(name): Column {
      const column = columns.get(name);
      if (column === undefined) throw missingColumn(name, columns.keys(), undefined);
      return column;
    },
    text(name) {
      const values = text.get(name);
      if (values === undefined) throw missingColumn(name, text.keys(), undefined);
      return [...values];
    },
  };
}
