import type { Architecture } from "../contract.js";
import { CELLS, CONVOLUTION_1X1, CONVOLUTION_3X3, EDGES, NODES, NONE, OPERATIONS, POOL, SKIP } from "./cell.js";
import { indexOfCell, writeCell } from "./order.js";

const ZERO = "#";

/**
 * The topology of a cell as text: two cells with the same text are isomorphic as the NAS-Bench-201 paper counts it
 * (Dong and Yang 2020), which gives 6,466 topologies.
 *
 * Each node is the sum of its incoming edges, the terms in sorted order. An edge gives zero where its operation is
 * `none` or its source is zero, the source itself where it is `skip_connect`, else the operation applied to the source.
 * As published, a zero stays visible as a term of a sum, and a sum of zeros is not recognised as zero further on;
 * `functionOf` contracts both.
 */
export function topologyOf(architecture: Architecture): string {
  const nodes = ["input"];
  for (let node = 1; node < NODES; node++) {
    const terms: string[] = [];
    for (let edge = 0; edge < EDGES.length; edge++) {
      const [from, to] = EDGES[edge];
      if (to !== node) continue;
      const operation = architecture[edge];
      const source = nodes[from];
      if (operation === NONE || source === ZERO) terms.push(ZERO);
      else terms.push(operation === SKIP ? source : `(${source})*${operation}`);
    }
    nodes.push(terms.sort().join("+"));
  }
  return nodes[NODES - 1];
}

/** More than there are terms; a sum has four at most. */
const TERMS = 4096;
const INPUT = 1;
/** The sums that operations are applied to, numbered as they come up. */
const sources = new Map<number, number>();

/**
 * The function that a cell computes, as a number: like `topologyOf`, with zeros left out of sums, sums of nothing recognised as
 * zero, and the terms of a sum that a skip hands on taken up into the next sum. 4,930 functions remain; the number of the
 * one that is zero is 0. A convolution of zeros counts as zero, so the bias of its normalisation is left out.
 */
export function functionOf(architecture: Architecture): number {
  /** The terms of each node in rising order. Edges come in the order of the nodes they enter. */
  const nodes: number[][] = [[INPUT], [], [], []];
  for (let edge = 0; edge < EDGES.length; edge++) {
    const operation = architecture[edge];
    const source = nodes[EDGES[edge][0]];
    const target = nodes[EDGES[edge][1]];
    if (operation === NONE || source.length === 0) continue;
    if (operation === SKIP) for (let i = 0; i < source.length; i++) insert(target, source[i]);
    else insert(target, INPUT + 1 + sourceOf(source) * OPERATIONS.length + operation);
  }
  return sumOf(nodes[NODES - 1]);
}

function insert(terms: number[], term: number): void {
  let place = terms.length;
  for (; place > 0 && terms[place - 1] > term; place--) terms[place] = terms[place - 1];
  terms[place] = term;
}

function sumOf(terms: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < terms.length; i++) sum = sum * TERMS + terms[i];
  return sum;
}

function sourceOf(terms: readonly number[]): number {
  const sum = sumOf(terms);
  const known = sources.get(sum);
  if (known !== undefined) return known;
  sources.set(sum, sources.size);
  return sources.size - 1;
}

let topologies: Uint16Array | undefined;
let functions: Uint16Array | undefined;

/** The index of the cell that stands for all cells of the same topology: the one with the least work, then the lowest index. */
export function representativeOf(architecture: Architecture): number {
  topologies ??= findRepresentatives(topologyOf);
  return topologies[indexOfCell(architecture)];
}

/** The index of the cell that stands for all cells of the same function: the one with the least work, then the lowest index. */
export function functionRepresentativeOf(architecture: Architecture): number {
  functions ??= findRepresentatives(functionOf);
  return functions[indexOfCell(architecture)];
}

function findRepresentatives<Class>(classOf: (architecture: Architecture) => Class): Uint16Array {
  const cell = new Int32Array(EDGES.length);
  const numberOf = new Map<Class, number>();
  const numbers = new Uint16Array(CELLS);
  const best: number[] = [];
  const least: number[] = [];
  for (let index = 0; index < CELLS; index++) {
    writeCell(index, cell);
    const own = classOf(cell);
    let number = numberOf.get(own);
    if (number === undefined) {
      number = numberOf.size;
      numberOf.set(own, number);
    }
    numbers[index] = number;
    const work = workOf(cell);
    if (number < best.length && work >= least[number]) continue;
    best[number] = index;
    least[number] = work;
  }
  return numbers.map((number) => best[number]);
}

/** Orders cells by their numbers of 3x3 convolutions, then 1x1 convolutions, poolings and skips (each at most 6). */
function workOf(architecture: Architecture): number {
  let work = 0;
  for (const operation of architecture) {
    if (operation === CONVOLUTION_3X3) work += 343;
    else if (operation === CONVOLUTION_1X1) work += 49;
    else if (operation === POOL) work += 7;
    else if (operation === SKIP) work += 1;
  }
  return work;
}
