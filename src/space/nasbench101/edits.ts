import type { Generator } from "../../random/index.js";
import { canonicaliseCell } from "./canonical.js";
import {
  type Cell,
  countBits,
  createCell,
  MAXIMUM_EDGES,
  MAXIMUM_VERTICES,
  OPERATIONS,
  packAdjacency,
  packOperations,
} from "./cell.js";
import { keyOf } from "./cellTable.js";
import { pruneCell } from "./prune.js";

/** The key (see `keyOf`) of the canonical form of a cell that was just edited; undefined where no valid cell is left. */
function keyAfterEdit(cell: Cell): number | undefined {
  const edges = pruneCell(cell);
  if (edges === 0 || edges > MAXIMUM_EDGES) return undefined;
  canonicaliseCell(cell);
  return keyOf(cell.vertices, packAdjacency(cell), packOperations(cell));
}

/**
 * The canonical cells one edit away, as keys in rising order. An edit takes an edge away (and the vertices that then lie on
 * no path), adds an edge, changes the operation of a vertex, or adds a vertex with one edge in and one out. An edge may be
 * added in either direction between vertices that no path orders, so the result does not depend on how the cell is written.
 */
export function keysOfNeighbours(cell: Cell): number[] {
  const { vertices, successors, operations } = cell;
  const last = vertices - 1;
  const reachable = reachableFrom(cell);
  const own = keyOf(vertices, packAdjacency(cell), packOperations(cell));
  const found = new Set<number>();
  const edited = createCell();
  const start = (): void => {
    edited.vertices = vertices;
    edited.successors.set(successors);
    edited.operations.set(operations);
  };
  const finish = (): void => {
    const key = keyAfterEdit(edited);
    if (key !== undefined && key !== own) found.add(key);
  };
  for (let from = 0; from < last; from++) {
    for (let to = 1; to <= last; to++) {
      if (from === to || ((reachable[to] >>> from) & 1) === 1) continue;
      start();
      edited.successors[from] ^= 1 << to;
      finish();
      if (vertices === MAXIMUM_VERTICES) continue;
      for (let operation = 0; operation < OPERATIONS.length; operation++) {
        insertVertex(cell, from, to, operation, edited);
        finish();
      }
    }
  }
  for (let v = 1; v < last; v++) {
    for (let change = 1; change < OPERATIONS.length; change++) {
      start();
      edited.operations[v] = (operations[v] + change) % OPERATIONS.length;
      finish();
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** Vertices that a path leads to, as bits, for each vertex. */
function reachableFrom({ vertices, successors }: Cell): number[] {
  const reachable: number[] = [];
  for (let v = vertices - 1; v >= 0; v--) {
    let found = successors[v];
    for (let rest = successors[v]; rest !== 0; rest &= rest - 1) found |= reachable[31 - Math.clz32(rest & -rest)];
    reachable[v] = found;
  }
  return reachable;
}

/** The cell with one vertex more, just before the output, on a new path from `from` to `to`. */
function insertVertex(cell: Cell, from: number, to: number, operation: number, edited: Cell): void {
  const inserted = cell.vertices - 1;
  const moved = (mask: number): number => (mask & ((1 << inserted) - 1)) | ((mask >>> inserted) << (inserted + 1));
  edited.vertices = cell.vertices + 1;
  edited.successors.fill(0);
  edited.operations.set(cell.operations);
  for (let v = 0; v < inserted; v++) edited.successors[v] = moved(cell.successors[v]);
  edited.successors[from] |= 1 << inserted;
  edited.successors[inserted] = moved(1 << to);
  edited.operations[inserted] = operation;
}

/**
 * Tries one mutation as the regularised evolution of the NAS-Bench-101 paper does it: every possible edge of the
 * `room` vertices flips with probability 1/room and every interior vertex changes its operation with probability
 * 1/(room - 2). Vertices that the cell lacks take part without edges, at random places and with random operations, so
 * that cells can grow; the vertices that it has stand in a random topological order.
 *
 * @returns the key of the mutant, undefined where it is no valid cell; it may be the key of the cell itself
 */
export function tryMutation(cell: Cell, room: number, generator: Generator): number | undefined {
  const mutant = spread(cell, room, generator);
  for (let i = 0; i < room; i++) {
    for (let j = i + 1; j < room; j++) if (generator.integer(room) === 0) mutant.successors[i] ^= 1 << j;
  }
  for (let v = 1; v < room - 1; v++) {
    if (generator.integer(room - 2) === 0) {
      mutant.operations[v] = (mutant.operations[v] + 1 + generator.integer(OPERATIONS.length - 1)) % OPERATIONS.length;
    }
  }
  return keyAfterEdit(mutant);
}

function spread(cell: Cell, room: number, generator: Generator): Cell {
  const { vertices, successors, operations } = cell;
  const order = drawTopologicalOrder(cell, generator);
  const interior = vertices - 2;
  const places =
    interior === 0
      ? []
      : generator
          .choose(interior, room - 2)
          .map((place) => place + 1)
          .sort((a, b) => a - b);
  const placeOf = new Int32Array(MAXIMUM_VERTICES);
  placeOf[vertices - 1] = room - 1;
  order.forEach((vertex, i) => {
    placeOf[vertex] = places[i];
  });
  const spreadOut = createCell();
  spreadOut.vertices = room;
  for (let v = 1; v < room - 1; v++) spreadOut.operations[v] = generator.integer(OPERATIONS.length);
  for (const vertex of order) spreadOut.operations[placeOf[vertex]] = operations[vertex];
  for (let v = 0; v < vertices - 1; v++) {
    for (let rest = successors[v]; rest !== 0; rest &= rest - 1) {
      spreadOut.successors[placeOf[v]] |= 1 << placeOf[31 - Math.clz32(rest & -rest)];
    }
  }
  return spreadOut;
}

/** The interior vertices in an order in which no edge points backwards: each time one of those that are ready is drawn. */
function drawTopologicalOrder({ vertices, successors }: Cell, generator: Generator): number[] {
  const order: number[] = [];
  let waiting = (1 << (vertices - 1)) - 2;
  while (waiting !== 0) {
    let blocked = 0;
    for (let rest = waiting; rest !== 0; rest &= rest - 1) blocked |= successors[31 - Math.clz32(rest & -rest)];
    let ready = waiting & ~blocked;
    for (let skipped = generator.integer(countBits(ready)); skipped > 0; skipped--) ready &= ready - 1;
    const next = 31 - Math.clz32(ready & -ready);
    order.push(next);
    waiting &= ~(1 << next);
  }
  return order;
}
