import { bypass, canonicaliseNanoCell } from "./canonical.js";
import {
  copyNanoCell,
  createNanoCell,
  MAXIMUM_NODES,
  type NanoCell,
  nodesOf,
  PLAIN_OPERATIONS,
  SPLIT,
} from "./cell.js";

const edited = createNanoCell();

/**
 * The keys of the cells one edit away, in rising order. Every edit can be undone by one edit, and the result does not
 * depend on how the cell is written:
 *
 * - another operation for a node that is no split;
 * - an edge that leads from the same node to another one;
 * - a new node, no split, in the middle of an edge; or such a node with one input taken out;
 * - a node becomes a split that feeds one node more; or a split feeds one node less and gets another operation.
 */
export function keysOfNeighbours(cell: NanoCell): number[] {
  const own = createNanoCell();
  copyNanoCell(cell, own);
  const ownKey = canonicaliseNanoCell(own);
  const found = new Set<number>();
  const attempt = (edit: (cell: NanoCell) => void): void => {
    copyNanoCell(own, edited);
    edit(edited);
    found.add(canonicaliseNanoCell(edited));
  };
  const attemptEveryOperation = (node: number, edit: (cell: NanoCell) => void): void => {
    for (const operation of PLAIN_OPERATIONS) {
      attempt((changed) => {
        edit(changed);
        changed.operations[node] = operation;
      });
    }
  };

  const { vertices, successors, operations } = own;
  const inputs = countInputs(own);
  const reachable = reachableFrom(own);
  for (let node = 0; node < vertices - 1; node++) {
    const isInner = node > 0;
    const isSplit = isInner && operations[node] === SPLIT;
    if (isInner && !isSplit) {
      attemptEveryOperation(node, () => {});
      if (inputs[node] === 1) attempt((changed) => void bypass(changed, node));
    }
    for (let target = 1; target < vertices; target++) {
      // Neither a cycle nor a second edge to the same node.
      if (target === node || ((reachable[target] >>> node) & 1) === 1) continue;
      if (((successors[node] >>> target) & 1) === 1) continue;
      if (isInner && !isSplit) {
        attempt((changed) => {
          changed.successors[node] |= 1 << target;
          changed.operations[node] = SPLIT;
        });
      }
      for (const left of nodesOf(successors[node])) {
        if (inputs[left] > 1) attempt((changed) => toggle(changed, node, (1 << left) | (1 << target)));
      }
    }
    for (const target of nodesOf(successors[node])) {
      if (isSplit && inputs[target] > 1) {
        attemptEveryOperation(node, (changed) => toggle(changed, node, 1 << target));
      }
      if (vertices < MAXIMUM_NODES) {
        attemptEveryOperation(vertices - 1, (changed) => insertNode(changed, node, target));
      }
    }
  }
  found.delete(ownKey);
  return [...found].sort((a, b) => a - b);
}

function toggle({ successors }: NanoCell, node: number, targets: number): void {
  successors[node] ^= targets;
}

function countInputs({ vertices, successors }: NanoCell): Int32Array {
  const inputs = new Int32Array(MAXIMUM_NODES);
  for (let node = 0; node < vertices; node++) for (const target of nodesOf(successors[node])) inputs[target]++;
  return inputs;
}

/** The nodes that a path leads to, as bits, for each node of a cell in topological order. */
function reachableFrom({ vertices, successors }: NanoCell): Int32Array {
  const reachable = new Int32Array(MAXIMUM_NODES);
  for (let node = vertices - 1; node >= 0; node--) {
    reachable[node] = successors[node];
    for (const target of nodesOf(successors[node])) reachable[node] |= reachable[target];
  }
  return reachable;
}

/** Puts a new node, without an operation yet, just before the output and into the edge from `source` to `target`. */
function insertNode(cell: NanoCell, source: number, target: number): void {
  const { vertices, successors } = cell;
  const inserted = vertices - 1;
  const below = (1 << inserted) - 1;
  const moved = (mask: number): number => (mask & below) | ((mask >>> inserted) << (inserted + 1));
  successors[source] ^= 1 << target;
  for (let node = 0; node < inserted; node++) successors[node] = moved(successors[node]);
  successors[source] |= 1 << inserted;
  successors[inserted] = moved(1 << target);
  successors[vertices] = 0;
  cell.vertices++;
}
