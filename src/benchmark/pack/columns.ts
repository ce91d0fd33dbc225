import { canShareMemory } from "../../kernels/matrix.js";
import type { Column } from "../contract.js";

/** How the numbers of a column are stored, in memory as in the file. */
export type ColumnType = "int32" | "float" | "double";

/** A column of zeros, in shared memory where there is any. */
export function createColumn(type: "int32", rows: number): Int32Array;
export function createColumn(type: "float", rows: number): Float32Array;
export function createColumn(type: "double", rows: number): Float64Array;
export function createColumn(type: ColumnType, rows: number): Column;
export function createColumn(type: ColumnType, rows: number): Column {
  const bytes = rows * (type === "double" ? 8 : 4);
  const buffer = canShareMemory ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  if (type === "int32") return new Int32Array(buffer);
  return type === "float" ? new Float32Array(buffer) : new Float64Array(buffer);
}

export function columnType(column: Column): ColumnType {
  if (column instanceof Int32Array) return "int32";
  return column instanceof Float32Array ? "float" : "double";
}

/** The bytes of a column, without a copy. */
export function columnBytes(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** The column as 64-bit floats, without a copy where it is one already. */
export function asDoubles(column: Column): Float64Array {
  if (column instanceof Float64Array) return column;
  const doubles = createColumn("double", column.length);
  doubles.set(column);
  return doubles;
}
