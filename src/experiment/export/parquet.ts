import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Cell, ExportTable } from "./table.js";

const TYPES = { whole: "INT32", number: "DOUBLE", text: "STRING", time: "TIMESTAMP" } as const;

/** A table as the bytes of a Parquet file, a row group for each piece. Values that are not there are null. */
export function writeParquet({ columns, pieces }: ExportTable): Uint8Array {
  const sources = (values: readonly (readonly Cell[])[]): ColumnSource[] =>
    columns.map(({ name, type }, position) => ({
      name,
      data: [...(values[position] ?? [])],
      type: TYPES[type],
      nullable: true,
    }));
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: sources([]) }),
    createdBy: "assay-nas",
  });
  // A writer into memory never makes anybody wait.
  for (const { rows, values } of pieces()) void writer.write({ columnData: sources(values), rowGroupSize: rows });
  void writer.finish();
  return bytes.getBytes();
}
