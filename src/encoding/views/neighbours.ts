import type { Architecture, GraphView } from "../../space/contract.js";
import { pathLettersOf } from "../pathSequences.js";
import type { SeenArchitecture, ViewGroup } from "./group.js";
import type { LiveGraph } from "./liveGraph.js";
import { sortStart } from "./sortStart.js";
import { spreadOfRoots } from "./spreadOfRoots.js";

/** Rows are held for whole spaces, so that they are kept short. */
const MOST_PAIRS = 128;
/** What an architecture may have beyond the most of the reference: half as many again, at least two. */
const LEAST_MARGIN = 2;
/** Neighbourhoods are numbered by so many bits: a few hundred, of which hardly two share a number. */
const BITS = 15;

/** The neighbourhoods in a live graph, as a short list. A buffer that `read` fills anew for each graph. */
export interface NeighbourList {
  /** How many different neighbourhoods there are. */
  length: number;
  /** Their numbers, rising. */
  readonly numbers: Int32Array;
  /** How many vertices have each of them. */
  readonly counts: Int32Array;
  read(graph: LiveGraph): void;
  /** Keeps so many, the most frequent; among equals the earlier ones. */
  shorten(length: number): void;
}

/**
 * A buffer for the graphs of a space. Each operation has two neighbourhoods: itself with the operations that it reads from,
 * and itself with those that read it, as often as each occurs. Identities are passed; the input has only readers, the output only
 * what it reads. So equal cells have equal neighbourhoods, in whatever order their vertices stand.
 */
export function createNeighbourList(view: GraphView): NeighbourList {
  const vertices = view.maximumVertices;
  const letters = pathLettersOf(view).letters.length;
  /** Operations, then the input or the output. */
  const symbols = letters + 1;
  const before = new Int32Array(vertices * symbols);
  const after = new Int32Array(vertices * symbols);
  const all = new Int32Array(2 * vertices);
  const numbers = new Int32Array(2 * vertices);
  const counts = new Int32Array(2 * vertices);
  const list: NeighbourList = {
    length: 0,
    numbers,
    counts,
    read(graph) {
      const { output, edges, from, to, letter, isLive } = graph;
      const used = (output + 1) * symbols;
      before.fill(0, 0, used);
      after.fill(0, 0, used);
      for (let edge = 0; edge < edges; edge++) pass(before, from[edge], to[edge], letter[from[edge]], from[edge] === 0);
      for (let edge = edges - 1; edge >= 0; edge--)
        pass(after, to[edge], from[edge], letter[to[edge]], to[edge] === output);
      let found = 0;
      if (edges > 0) {
        all[found++] = numberOf(after, 0, letters, 1);
        all[found++] = numberOf(before, output, letters, 0);
      }
      for (let vertex = 1; vertex < output; vertex++) {
        if (isLive[vertex] === 0 || letter[vertex] < 0) continue;
        all[found++] = numberOf(before, vertex, letter[vertex], 0);
        all[found++] = numberOf(after, vertex, letter[vertex], 1);
      }
      sortStart(all, found);
      list.length = 0;
      for (let i = 0; i < found; i++) {
        if (i === 0 || all[i] !== all[i - 1]) {
          numbers[list.length] = all[i];
          counts[list.length++] = 0;
        }
        counts[list.length - 1]++;
      }
    },
    shorten(length) {
      if (length >= list.length) return;
      const order = Int32Array.from({ length: list.length }, (_, i) => i);
      const kept = order.sort((a, b) => counts[b] - counts[a] || a - b).subarray(0, length);
      kept.sort().forEach((from, to) => {
        numbers[to] = numbers[from];
        counts[to] = counts[from];
      });
      list.length = length;
    },
  };

  /** A vertex with an operation, or an end, is a neighbour; an identity hands on its own neighbours. */
  function pass(table: Int32Array, source: number, target: number, letter: number, isEnd: boolean): void {
    const row = target * symbols;
    if (isEnd || letter >= 0) {
      table[row + (isEnd ? letters : letter)]++;
      return;
    }
    for (let k = 0; k < symbols; k++) table[row + k] += table[source * symbols + k];
  }

  function numberOf(table: Int32Array, vertex: number, own: number, direction: number): number {
    let hash = mix(2 * own + direction + 1);
    for (let k = 0; k < symbols; k++) hash = mix(hash ^ table[vertex * symbols + k]);
    return hash >>> (32 - BITS);
  }

  return list;
}

/** A bijection of 32-bit numbers that leaves no bit where it was. */
function mix(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x7feb352d) + 0x5bd1e995;
  const second = Math.imul(first ^ (first >>> 15), 0x846ca68b);
  return second ^ (second >>> 16);
}

/**
 * The square roots of how often each neighbourhood occurs, as a list of pairs: its number, root. Paths tell what follows what, but not
 * whether two paths share an operation, nor how many results are added up before it; neighbourhoods tell that, and paths what is
 * farther apart.
 *
 * There is room as in the group of the paths; what has none is dropped, the rarest and later first.
 */
export function createNeighboursGroup(
  view: GraphView,
  see: (architecture: Architecture) => SeenArchitecture,
  reference: readonly Architecture[],
  isWhole: boolean,
): ViewGroup {
  const list = createNeighbourList(view);
  const sums = new Map<number, number>();
  let [richest, squares] = [0, 0];
  for (const architecture of reference) {
    list.read(see(architecture).graph!);
    richest = Math.max(richest, list.length);
    for (let i = 0; i < list.length; i++) {
      sums.set(list.numbers[i], (sums.get(list.numbers[i]) ?? 0) + Math.sqrt(list.counts[i]));
      squares += list.counts[i];
    }
  }
  const margin = isWhole ? 0 : Math.max(LEAST_MARGIN, Math.ceil(richest / 4));
  const pairs = Math.min(richest + margin, 2 * (view.maximumVertices - 1), MOST_PAIRS);
  return {
    name: "neighbours",
    kind: "sparse",
    width: 2 * pairs,
    columnNames: Array.from({ length: pairs }, (_, i) => [`neighbourhood ${i + 1}`, `root of count ${i + 1}`]).flat(),
    spread: spreadOfRoots(sums.values(), squares, reference.length),
    write({ graph }, scale, row, offset) {
      list.read(graph!);
      list.shorten(pairs);
      let place = offset;
      for (let i = 0; i < list.length; i++) {
        row[place++] = list.numbers[i];
        row[place++] = Math.sqrt(list.counts[i]) * scale;
      }
      for (; place < offset + 2 * pairs; place += 2) {
        row[place] = -1;
        row[place + 1] = 0;
      }
    },
  };
}
