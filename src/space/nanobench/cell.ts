import { slotOf } from "../vertexOrders.js";

/** Operations of the nodes between input and output; a digit of the operations gene is a position in this list. */
export const OPERATIONS = ["dwconv3x3", "conv1x1", "atten", "expand", "split", "none"] as const;
export type NanoOperation = "input" | (typeof OPERATIONS)[number] | "output";

export const DEPTHWISE = 0;
export const CONVOLUTION = 1;
export const ATTENTION = 2;
export const EXPAND = 3;
export const SPLIT = 4;
export const NONE = 5;

/** Operations with one successor: all but the split. */
export const PLAIN_OPERATIONS = [DEPTHWISE, CONVOLUTION, ATTENTION, EXPAND, NONE] as const;

export const MAXIMUM_NODES = 7;
export const GENES = 3;

/** How many cells there are up to isomorphism; `enumerate.ts` counts them. */
export const CELLS = 24_556;

/** Weights of the operation digits by node, for the most significant digit at node 1: [vertices][node]. */
const DIGIT_WEIGHTS: readonly (readonly number[])[] = Array.from({ length: MAXIMUM_NODES + 1 }, (_, vertices) => {
  const weights = new Array<number>(MAXIMUM_NODES).fill(0);
  let weight = 1;
  for (let node = vertices - 2; node >= 1; node--) {
    weights[node] = weight;
    weight *= OPERATIONS.length;
  }
  return weights;
});

/** How many operation numbers cells of so many nodes have. */
export const LABELLINGS = [0, 0, 1, 6, 36, 216, 1296, 7776] as const;

/**
 * A cell taken apart: `successors[i]` has bit j set for an edge from i to j (i < j); `operations[i]` is the digit of node
 * i, for the nodes between input (0) and output (last).
 */
export interface NanoCell {
  vertices: number;
  readonly successors: Int32Array;
  readonly operations: Int32Array;
}

export function createNanoCell(): NanoCell {
  return {
    vertices: 0,
    successors: new Int32Array(MAXIMUM_NODES),
    operations: new Int32Array(MAXIMUM_NODES),
  };
}

export function copyNanoCell(from: NanoCell, to: NanoCell): void {
  to.vertices = from.vertices;
  to.successors.set(from.successors);
  to.operations.set(from.operations);
}

/** Where node v has its digit in the operations gene. */
export function digitWeight(vertices: number, node: number): number {
  return DIGIT_WEIGHTS[vertices][node];
}

export function operationsNumber({ vertices, operations }: NanoCell): number {
  let number = 0;
  for (let node = 1; node < vertices - 1; node++) number += operations[node] * DIGIT_WEIGHTS[vertices][node];
  return number;
}

export function writeOperationsNumber(number: number, vertices: number, operations: Int32Array): void {
  operations.fill(0);
  let rest = number;
  for (let node = vertices - 2; node >= 1; node--) {
    operations[node] = rest % OPERATIONS.length;
    rest = (rest - operations[node]) / OPERATIONS.length;
  }
}

/** All three genes in one whole number; larger cells have larger keys. */
export function keyOf(vertices: number, adjacency: number, operations: number): number {
  return (vertices * 2 ** 21 + adjacency) * 7776 + operations;
}

/** The genes of a key: [vertices, adjacency number, operations number]. */
export function writeGenes(key: number, genes: Int32Array): void {
  const operations = key % 7776;
  const graph = (key - operations) / 7776;
  genes[0] = Math.floor(graph / 2 ** 21);
  genes[1] = graph % 2 ** 21;
  genes[2] = operations;
}

/** Whether genes lie in their ranges; what they say may still be no cell. */
export function areInRange(genes: Int32Array): boolean {
  const [vertices, adjacency, operations] = genes;
  return (
    genes.length === GENES &&
    vertices >= 2 &&
    vertices <= MAXIMUM_NODES &&
    adjacency >= 0 &&
    adjacency < 2 ** slotOf(0, vertices) &&
    operations >= 0 &&
    operations < LABELLINGS[vertices]
  );
}

/** The nodes that a mask of bits names, in rising order. */
export function nodesOf(mask: number): number[] {
  const nodes: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) nodes.push(31 - Math.clz32(rest & -rest));
  return nodes;
}

/** How many nodes a mask of bits names. */
export function nodeCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/**
 * What keeps a cell from being valid, as a sentence; undefined where nothing does. Edges may point backwards here, but
 * must form no cycle.
 */
export function faultOf({ vertices, successors, operations }: NanoCell): string | undefined {
  const last = vertices - 1;
  let entered = 1;
  for (let node = 0; node < last; node++) {
    const mask = successors[node];
    const wanted = node > 0 && operations[node] === SPLIT ? 2 : 1;
    const found = nodeCount(mask);
    if (found !== wanted) {
      const name = node === 0 ? "input" : OPERATIONS[operations[node]];
      return `node ${node} (${name}) feeds ${found} nodes instead of ${wanted}`;
    }
    entered |= mask;
  }
  for (let node = 1; node <= last; node++) if (((entered >>> node) & 1) === 0) return `node ${node} has no input`;
  return undefined;
}
