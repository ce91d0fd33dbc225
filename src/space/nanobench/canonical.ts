import {
  adjacencyNumber,
  edgeSlots,
  ORDER_STRIDE,
  ordersOf,
  reorderedNumber,
  writeAdjacencyNumber,
} from "../vertexOrders.js";
import {
  digitWeight,
  keyOf,
  MAXIMUM_NODES,
  type NanoCell,
  NONE,
  nodesOf,
  operationsNumber,
  writeOperationsNumber,
} from "./cell.js";

/**
 * Brings a valid cell into the form that stands for all its isomorphic forms, in place: among all topological orders the
 * one with the smallest adjacency number, then the smallest operations number.
 *
 * @returns the key of that form
 */
export function canonicaliseNanoCell(cell: NanoCell): number {
  sortTopologically(cell);
  const { vertices, operations, successors } = cell;
  const slots = edgeSlots(vertices);
  const all = ordersOf(vertices);
  const number = adjacencyNumber(cell);
  let least = number;
  let leastOperations = operationsNumber(cell);
  for (let order = 0; order < all.count; order++) {
    const reordered = reorderedNumber(number, all, order, slots);
    if (reordered < 0 || reordered > least) continue;
    let digits = 0;
    const start = order * ORDER_STRIDE;
    for (let node = 1; node < vertices - 1; node++) {
      digits += operations[node] * digitWeight(vertices, all.positions[start + node]);
    }
    if (reordered === least && digits >= leastOperations) continue;
    least = reordered;
    leastOperations = digits;
  }
  writeAdjacencyNumber(least, vertices, successors);
  writeOperationsNumber(leastOperations, vertices, operations);
  return keyOf(vertices, least, leastOperations);
}

/** Puts the nodes into an order in which no edge points backwards, in place; of those that are ready the first comes first. */
function sortTopologically({ vertices, successors, operations }: NanoCell): void {
  const order: number[] = [];
  let waiting = (1 << vertices) - 1;
  while (waiting !== 0) {
    let blocked = 0;
    for (const node of nodesOf(waiting)) blocked |= successors[node];
    const ready = waiting & ~blocked;
    if (ready === 0) throw new RangeError("the cell has a cycle");
    const next = 31 - Math.clz32(ready & -ready);
    order.push(next);
    waiting &= ~(1 << next);
  }
  if (order.every((node, place) => node === place)) return;
  const place = new Int32Array(vertices);
  order.forEach((node, position) => {
    place[node] = position;
  });
  const moved = order.map((node) => nodesOf(successors[node]).reduce((mask, target) => mask | (1 << place[target]), 0));
  const movedOperations = order.map((node) => operations[node]);
  successors.fill(0);
  successors.set(moved);
  operations.fill(0);
  operations.set(movedOperations);
}

/**
 * Takes out the nodes `none`, in place: they hand on what they get, so their inputs may go straight to their successor. One
 * stays where it stands between a split and the node that the other half enters, because a split needs two different
 * successors.
 *
 * @param halvesAreExact whether all splits halve an even number of channels; then a split whose halves meet like this does
 *   nothing at all and is taken out too, so that no node `none` is left
 */
export function withoutNone(cell: NanoCell, halvesAreExact: boolean): void {
  for (let node = 1; node < cell.vertices - 1; ) {
    if (cell.operations[node] === NONE && (bypass(cell, node) || (halvesAreExact && joinHalves(cell, node)))) node = 1;
    else node++;
  }
}

/** Leads the first split whose one half enters a node `none` and the other its successor straight to that successor. */
function joinHalves(cell: NanoCell, node: number): boolean {
  const { vertices, successors, operations } = cell;
  const target = successors[node];
  for (let source = 0; source < vertices; source++) {
    if (((successors[source] >>> node) & 1) === 0 || (successors[source] & target) === 0) continue;
    successors[source] = target;
    operations[source] = NONE;
    const isEntered = successors.some((mask) => ((mask >>> node) & 1) === 1);
    if (!isEntered) bypass(cell, node);
    return true;
  }
  return false;
}

/** Takes a node with one successor out and leads its inputs there. False, and nothing changes, where an edge would double. */
export function bypass(cell: NanoCell, node: number): boolean {
  const { vertices, successors, operations } = cell;
  const target = successors[node];
  for (let source = 0; source < vertices; source++) {
    if (((successors[source] >>> node) & 1) === 1 && (successors[source] & target) !== 0) return false;
  }
  for (let source = 0; source < vertices; source++) {
    if (((successors[source] >>> node) & 1) === 1) successors[source] |= target;
  }
  const below = (1 << node) - 1;
  for (let other = 0; other < vertices; other++) {
    const mask = successors[other];
    successors[other] = (mask & below) | ((mask >>> (node + 1)) << node);
  }
  successors.copyWithin(node, node + 1, MAXIMUM_NODES);
  successors[MAXIMUM_NODES - 1] = 0;
  operations.copyWithin(node, node + 1, MAXIMUM_NODES);
  operations[MAXIMUM_NODES - 1] = 0;
  cell.vertices--;
  return true;
}
