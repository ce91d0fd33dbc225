import { AssayError } from "../../errors.js";
import type { CellColumns } from "./enumerate.js";

/** Finds the row of a cell by its genes: open addressing over keys of 32 bits. */
export interface CellTable {
  /** The row, -1 where there is none. */
  find(vertices: number, adjacency: number, operations: number): number;
}

/** All three genes in one unsigned 32-bit number: 3 bits vertices, 21 adjacency, 8 operations. */
export function keyOf(vertices: number, adjacency: number, operations: number): number {
  return ((vertices << 29) | (adjacency << 8) | operations) >>> 0;
}

/** Throws AssayError where a cell stands in two rows. */
export function createCellTable({ vertices, adjacency, operations }: CellColumns): CellTable {
  const rows = vertices.length;
  const bits = Math.max(4, 33 - Math.clz32(rows));
  const mask = 2 ** bits - 1;
  const keys = new Uint32Array(mask + 1);
  const rowOfSlot = new Int32Array(mask + 1).fill(-1);
  const slotOf = (key: number): number => {
    let slot = Math.imul(key, 0x9e3779b1) >>> (32 - bits);
    while (rowOfSlot[slot] >= 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };
  for (let row = 0; row < rows; row++) {
    const key = keyOf(vertices[row], adjacency[row], operations[row]);
    const slot = slotOf(key);
    if (rowOfSlot[slot] >= 0) {
      throw new AssayError("bad-cells", `Rows ${rowOfSlot[slot]} and ${row} hold the same nasbench101 cell.`);
    }
    keys[slot] = key;
    rowOfSlot[slot] = row;
  }
  return {
    find: (cellVertices, cellAdjacency, cellOperations) =>
      rowOfSlot[slotOf(keyOf(cellVertices, cellAdjacency, cellOperations))],
  };
}
