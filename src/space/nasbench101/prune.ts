import type { Cell } from "./cell.js";
import { countBits } from "./cell.js";

/**
 * Removes the vertices that lie on no path from input to output and puts the rest into a topological order (of the
 * vertices that are ready, the one that stood first), in place. Edges may point backwards before, but must form no cycle.
 *
 * @returns the number of edges that are left; 0 where no path is left, and then the cell is no cell any more
 */
export function pruneCell(cell: Cell): number {
  const { vertices, successors, operations } = cell;
  const last = vertices - 1;
  let ahead = 1;
  for (let grown = true; grown; ) {
    const before = ahead;
    for (let i = 0; i < last; i++) if (((ahead >>> i) & 1) === 1) ahead |= successors[i];
    grown = ahead !== before;
  }
  let behind = 1 << last;
  for (let grown = true; grown; ) {
    const before = behind;
    for (let i = 0; i < last; i++) if ((successors[i] & behind) !== 0) behind |= 1 << i;
    grown = behind !== before;
  }
  const kept = ahead & behind;
  if ((kept & 1) === 0 || kept >>> last === 0) return 0;

  const order = [0];
  let waiting = kept & ~1 & ~(1 << last);
  while (waiting !== 0) {
    let blocked = 0;
    for (let rest = waiting; rest !== 0; rest &= rest - 1) blocked |= successors[31 - Math.clz32(rest & -rest)];
    const ready = waiting & ~blocked;
    if (ready === 0) throw new RangeError("the graph has a cycle");
    const next = 31 - Math.clz32(ready & -ready);
    order.push(next);
    waiting &= ~(1 << next);
  }
  order.push(last);

  const position: number[] = [];
  order.forEach((vertex, place) => {
    position[vertex] = place;
  });
  const newSuccessors = order.map((vertex) => {
    let moved = 0;
    for (let rest = successors[vertex] & kept; rest !== 0; rest &= rest - 1) {
      moved |= 1 << position[31 - Math.clz32(rest & -rest)];
    }
    return moved;
  });
  const newOperations = order.map((vertex) => operations[vertex]);
  successors.fill(0);
  successors.set(newSuccessors);
  operations.set(newOperations);
  cell.vertices = order.length;
  return newSuccessors.reduce((edges, mask) => edges + countBits(mask), 0);
}
