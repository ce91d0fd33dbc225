import {
  edgeSlots,
  ORDER_STRIDE,
  type Orders,
  ordersOf,
  reorderedNumber,
  slotOf,
  writeAdjacencyNumber,
} from "../vertexOrders.js";
import {
  CELLS,
  countBits,
  createCell,
  DIGIT_WEIGHTS,
  labellings,
  MAXIMUM_EDGES,
  MAXIMUM_VERTICES,
  packAdjacency,
} from "./cell.js";

/** Many cells as columns: one element of each array for each cell. Genes as in `cell.ts`. */
export interface CellColumns {
  readonly vertices: ArrayLike<number>;
  readonly adjacency: ArrayLike<number>;
  readonly operations: ArrayLike<number>;
}

/**
 * All cells in canonical form, ordered by vertices, adjacency number, operation number. First come the graphs that are
 * their own canonical form; each then gets every labelling that none of its symmetries makes smaller.
 */
export function enumerateCells(): CellColumns {
  const vertices = new Uint8Array(CELLS);
  const adjacency = new Int32Array(CELLS);
  const operations = new Uint8Array(CELLS);
  let count = 0;
  const cell = createCell();
  for (let size = 2; size <= MAXIMUM_VERTICES; size++) {
    const slots = edgeSlots(size);
    const all = ordersOf(size);
    const labels = listLabellings(size);
    forEachGraph(size, (number) => {
      const symmetries = symmetriesOf(number, all, slots);
      if (symmetries === undefined) return;
      cell.vertices = size;
      writeAdjacencyNumber(number, size, cell.successors);
      const gene = packAdjacency(cell);
      for (let label = 0; label < labels.genes.length; label++) {
        if (!isLeastLabelling(label, labels.digits, symmetries, all.positions, size)) continue;
        vertices[count] = size;
        adjacency[count] = gene;
        operations[count] = labels.genes[label];
        count++;
      }
    });
  }
  if (count !== CELLS) throw new Error(`enumeration found ${count} cells instead of ${CELLS}`);
  return { vertices, adjacency, operations };
}

/** Visits the adjacency numbers of all graphs whose vertices all lie on a path from input to output, in rising order. */
function forEachGraph(vertices: number, visit: (number: number) => void): void {
  const descend = (column: number, number: number, edges: number, haveSuccessor: number): void => {
    if (column === 0) {
      if ((haveSuccessor & 1) === 1) visit(number);
      return;
    }
    // All edges that leave this column's vertex are chosen by now.
    if (column < vertices - 1 && ((haveSuccessor >>> column) & 1) === 0) return;
    const most = MAXIMUM_EDGES - edges - (column - 1);
    for (let predecessors = 1; predecessors < 1 << column; predecessors++) {
      const added = countBits(predecessors);
      if (added > most) continue;
      descend(column - 1, number | (predecessors << slotOf(0, column)), edges + added, haveSuccessor | predecessors);
    }
  };
  descend(vertices - 1, 0, 0, 0);
}

/** The orders that leave the graph as it is, without the identity; undefined where an order makes its number smaller. */
function symmetriesOf(number: number, all: Orders, slots: number): number[] | undefined {
  const symmetries: number[] = [];
  for (let order = 1; order < all.count; order++) {
    const reordered = reorderedNumber(number, all, order, slots);
    if (reordered < 0 || reordered > number) continue;
    if (reordered < number) return undefined;
    symmetries.push(order);
  }
  return symmetries;
}

interface Labellings {
  /** The operations gene of each labelling; labellings are ordered by operation number. */
  readonly genes: Uint8Array;
  /** Digit of vertex v of labelling l at [l * 7 + v]. */
  readonly digits: Uint8Array;
}

function listLabellings(vertices: number): Labellings {
  const count = labellings(vertices);
  const genes = new Uint8Array(count);
  const digits = new Uint8Array(count * MAXIMUM_VERTICES);
  for (let label = 0; label < count; label++) {
    let rest = label;
    for (let vertex = vertices - 2; vertex > 0; vertex--) {
      const digit = rest % 3;
      rest = (rest - digit) / 3;
      digits[label * MAXIMUM_VERTICES + vertex] = digit;
      genes[label] += digit * DIGIT_WEIGHTS[vertex - 1];
    }
  }
  return { genes, digits };
}

function isLeastLabelling(
  label: number,
  digits: Uint8Array,
  symmetries: readonly number[],
  positions: Uint8Array,
  vertices: number,
): boolean {
  const own = label * MAXIMUM_VERTICES;
  for (const order of symmetries) {
    const moved = order * ORDER_STRIDE;
    // Symmetries form a group, so reading a labelling through them gives the same set as moving it.
    for (let vertex = 1; vertex < vertices - 1; vertex++) {
      const difference = digits[own + positions[moved + vertex]] - digits[own + vertex];
      if (difference > 0) break;
      if (difference < 0) return false;
    }
  }
  return true;
}
