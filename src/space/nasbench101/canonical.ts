import {
  adjacencyNumber,
  edgeSlots,
  ORDER_STRIDE,
  ordersOf,
  reorderedNumber,
  writeAdjacencyNumber,
} from "../vertexOrders.js";
import type { Cell } from "./cell.js";

/**
 * The canonical form of a cell is the one that the official enumeration meets first (Ying et al., ICML 2019): among all
 * topological orders of its vertices the one with the smallest adjacency number, then the smallest operation number.
 * In the adjacency number the edge (i, j) is bit i + j(j-1)/2; in the operation number the first interior vertex is the
 * most significant digit.
 */

/**
 * Brings a cell into its canonical form, in place. Every vertex must lie on a path from input to output, the vertices must
 * stand in a topological order.
 */
export function canonicaliseCell(cell: Cell): void {
  const { vertices, operations, successors } = cell;
  const slots = edgeSlots(vertices);
  const all = ordersOf(vertices);
  const number = adjacencyNumber(cell);
  let least = number;
  let leastOperations = -1;
  let best = 0;
  for (let order = 0; order < all.count; order++) {
    const reordered = reorderedNumber(number, all, order, slots);
    if (reordered < 0 || reordered > least) continue;
    const digits = operationNumber(operations, vertices, all.positions, order);
    if (reordered === least && leastOperations >= 0 && digits >= leastOperations) continue;
    least = reordered;
    leastOperations = digits;
    best = order;
  }
  let rest = leastOperations;
  for (let vertex = vertices - 2; vertex > 0; vertex--) {
    operations[vertex] = rest % 3;
    rest = (rest - operations[vertex]) / 3;
  }
  if (best !== 0) writeAdjacencyNumber(least, vertices, successors);
}

const BIG_ENDIAN_WEIGHTS = [243, 81, 27, 9, 3, 1];

function operationNumber(operations: Int32Array, vertices: number, positions: Uint8Array, order: number): number {
  let digits = 0;
  const start = order * ORDER_STRIDE;
  const shift = 7 - vertices;
  for (let vertex = 1; vertex < vertices - 1; vertex++) {
    digits += operations[vertex] * BIG_ENDIAN_WEIGHTS[positions[start + vertex] + shift];
  }
  return digits;
}
