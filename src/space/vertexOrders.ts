/**
 * The orders of the vertices of small cells, to find canonical forms: spaces of graphs take the form with the smallest
 * adjacency number, in which the edge (i, j) is bit i + j(j-1)/2.
 */

/** The edges of a cell: `successors[i]` has bit j set for an edge from i to j, i < j. */
export interface VertexGraph {
  readonly vertices: number;
  readonly successors: Int32Array;
}

/** The most vertices of such a cell, and how far apart the positions of two orders lie. */
export const ORDER_STRIDE = 7;

const REVERSED = -0x80000000;

/** All orders of the interior vertices of cells with so many vertices, near the identity first. */
export interface Orders {
  readonly count: number;
  /** New position of vertex v under order p at [p * 7 + v]; input and output stay. */
  readonly positions: Uint8Array;
  /**
   * What edge slot s adds to the adjacency number under order p at [p * slots + s]; negative where the order turns the
   * edge round.
   */
  readonly edges: Int32Array;
}

const orders: (Orders | undefined)[] = [];

export function ordersOf(vertices: number): Orders {
  orders[vertices] ??= listOrders(vertices);
  return orders[vertices];
}

/** The bit of edge (i, j), i < j, in the adjacency number. */
export function slotOf(i: number, j: number): number {
  return i + (j * (j - 1)) / 2;
}

/** The adjacency number of a cell in its present order. */
export function adjacencyNumber({ vertices, successors }: VertexGraph): number {
  let number = 0;
  for (let i = 0; i < vertices; i++) {
    for (let rest = successors[i]; rest !== 0; rest &= rest - 1)
      number |= 1 << slotOf(i, 31 - Math.clz32(rest & -rest));
  }
  return number;
}

/** The adjacency number after an order, negative where the order is not topological. */
export function reorderedNumber(number: number, { edges }: Orders, order: number, slots: number): number {
  let reordered = 0;
  const start = order * slots;
  for (let rest = number; rest !== 0; rest &= rest - 1) {
    reordered |= edges[start + 31 - Math.clz32(rest & -rest)];
    if (reordered < 0) return reordered;
  }
  return reordered;
}

/** Writes the successors that an adjacency number stands for. */
export function writeAdjacencyNumber(number: number, vertices: number, successors: Int32Array): void {
  successors.fill(0);
  for (let j = 1; j < vertices; j++) {
    const predecessors = number >>> slotOf(0, j);
    for (let i = 0; i < j; i++) successors[i] |= ((predecessors >>> i) & 1) << j;
  }
}

function listOrders(vertices: number): Orders {
  const interior = Array.from({ length: Math.max(vertices - 2, 0) }, (_, i) => i + 1);
  const lists = permutationsOf(interior)
    .map((list) => ({ list, inversions: countInversions(list) }))
    .sort((a, b) => a.inversions - b.inversions)
    .map(({ list }) => list);
  const slots = edgeSlots(vertices);
  const positions = new Uint8Array(lists.length * ORDER_STRIDE);
  const edges = new Int32Array(lists.length * slots);
  lists.forEach((list, order) => {
    const position = [0, ...list, vertices - 1];
    positions.set(position.slice(0, vertices), order * ORDER_STRIDE);
    for (let j = 1; j < vertices; j++) {
      for (let i = 0; i < j; i++) {
        const turned = position[i] > position[j];
        edges[order * slots + slotOf(i, j)] = turned ? REVERSED : 1 << slotOf(position[i], position[j]);
      }
    }
  });
  return { count: lists.length, positions, edges };
}

function permutationsOf(list: readonly number[]): number[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first) =>
    permutationsOf(list.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}

function countInversions(list: readonly number[]): number {
  return list.reduce((sum, value, i) => sum + list.slice(i + 1).filter((later) => later < value).length, 0);
}

/** Bits of the upper triangle. */
export function edgeSlots(vertices: number): number {
  return (vertices * (vertices - 1)) / 2;
}
