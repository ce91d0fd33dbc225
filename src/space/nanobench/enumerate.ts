import {
  adjacencyNumber,
  edgeSlots,
  ORDER_STRIDE,
  type Orders,
  ordersOf,
  reorderedNumber,
  writeAdjacencyNumber,
} from "../vertexOrders.js";
import {
  CELLS,
  createNanoCell,
  digitWeight,
  keyOf,
  MAXIMUM_NODES,
  nodeCount,
  PLAIN_OPERATIONS,
  SPLIT,
} from "./cell.js";

/**
 * The keys of all valid cells in canonical form, in rising order. First come the graphs that are their own canonical form:
 * their nodes with two successors are splits. Each then gets every labelling that none of its symmetries makes smaller.
 */
export function enumerateNanoCells(): Float64Array {
  const keys: number[] = [];
  const cell = createNanoCell();
  for (let vertices = 2; vertices <= MAXIMUM_NODES; vertices++) {
    const all = ordersOf(vertices);
    cell.vertices = vertices;
    for (const number of listGraphs(vertices)) {
      const symmetries = symmetriesOf(number, all, edgeSlots(vertices));
      if (symmetries === undefined) continue;
      writeAdjacencyNumber(number, vertices, cell.successors);
      const isSplit = Array.from(cell.successors, (mask) => nodeCount(mask) === 2);
      const digits = new Int32Array(MAXIMUM_NODES);
      const label = (node: number, sum: number): void => {
        if (node === vertices - 1) {
          if (isLeast(digits, symmetries, all, vertices)) keys.push(keyOf(vertices, number, sum));
          return;
        }
        for (const operation of isSplit[node] ? [SPLIT] : PLAIN_OPERATIONS) {
          digits[node] = operation;
          label(node + 1, sum + operation * digitWeight(vertices, node));
        }
      };
      label(1, 0);
    }
  }
  if (keys.length !== CELLS) throw new Error(`enumeration found ${keys.length} cells instead of ${CELLS}`);
  return Float64Array.from(keys);
}

/** The adjacency numbers of all graphs of valid cells, in rising order: input to node 1, then one or two successors each. */
function listGraphs(vertices: number): number[] {
  const last = vertices - 1;
  const graph = { vertices, successors: new Int32Array(MAXIMUM_NODES) };
  const found: number[] = [];
  // In a topological order the successor of the input comes first: all other nodes lie behind it.
  graph.successors[0] = 1 << 1;
  const everyNode = (1 << vertices) - 2;
  const choose = (node: number, entered: number): void => {
    if (node === last) {
      if (entered === everyNode) found.push(adjacencyNumber(graph));
      return;
    }
    for (let first = node + 1; first <= last; first++) {
      for (let second = first; second <= last; second++) {
        graph.successors[node] = (1 << first) | (1 << second);
        choose(node + 1, entered | graph.successors[node]);
      }
    }
  };
  choose(1, graph.successors[0]);
  return found.sort((a, b) => a - b);
}

/** The orders that leave the graph as it is; undefined where an order makes its number smaller. */
function symmetriesOf(number: number, all: Orders, slots: number): number[] | undefined {
  const symmetries: number[] = [];
  for (let order = 0; order < all.count; order++) {
    const reordered = reorderedNumber(number, all, order, slots);
    if (reordered < 0 || reordered > number) continue;
    if (reordered < number) return undefined;
    symmetries.push(order);
  }
  return symmetries;
}

function isLeast(digits: Int32Array, symmetries: readonly number[], { positions }: Orders, vertices: number): boolean {
  for (const order of symmetries) {
    const start = order * ORDER_STRIDE;
    // Symmetries form a group, so reading the digits through them gives the same set as moving them.
    for (let node = 1; node < vertices - 1; node++) {
      const difference = digits[positions[start + node]] - digits[node];
      if (difference > 0) break;
      if (difference < 0) return false;
    }
  }
  return true;
}
