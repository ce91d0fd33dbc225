import type { Graphs } from "./readGraphs.js";

/**
 * What rows add up, as the kernels read it: direction 0 is along the edges, 1 against them; row r adds up, in direction d, the rows
 * entries[starts[2 r + d]] to entries[starts[2 r + d + 1]].
 */
export interface Links {
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

/** Links of the vertices of one graph, by slots. */
export interface GraphLinks {
  /** Every slot and its successors, and every slot and its predecessors, each in the order of the slots. */
  readonly vertices: Links;
  /** Every slot and all its neighbours, in direction 0. */
  readonly neighbours: Links;
}

/** The links of graphs, found once for all that have the same edges. */
export class LinkReader {
  /** The pattern of edges of each graph, numbered as they were met. */
  readonly patterns: Int32Array;
  readonly #links: GraphLinks[] = [];

  constructor(graphs: Graphs) {
    const { count, edges, shape } = graphs;
    const size = shape.vertices ** 2;
    const known = new Map<string, number>();
    this.patterns = new Int32Array(count);
    for (let graph = 0; graph < count; graph++) {
      if (graph > 0 && isLikeBefore(edges, graph * size, size)) {
        this.patterns[graph] = this.patterns[graph - 1];
        continue;
      }
      const key = String.fromCharCode(...edges.subarray(graph * size, (graph + 1) * size));
      let pattern = known.get(key);
      if (pattern === undefined) {
        pattern = this.#links.push(findLinks(graphs, graph)) - 1;
        known.set(key, pattern);
      }
      this.patterns[graph] = pattern;
    }
  }

  /** How many patterns there are. */
  get patternCount(): number {
    return this.#links.length;
  }

  /** Of one graph; the same object for all graphs of a pattern. */
  linksOf(graph: number): GraphLinks {
    return this.#links[this.patterns[graph]];
  }
}

/** Whether the bytes of a graph are those of the graph before. */
function isLikeBefore(edges: Uint8Array, start: number, size: number): boolean {
  for (let at = start; at < start + size; at++) if (edges[at] !== edges[at - size]) return false;
  return true;
}

function findLinks({ edges, shape: { vertices } }: Graphs, graph: number): GraphLinks {
  const isEdge = (from: number, to: number): boolean => edges[(graph * vertices + from) * vertices + to] === 1;
  const slots = Array.from({ length: vertices }, (_, slot) => slot);
  const along = slots.map((own) => slots.filter((slot) => slot === own || isEdge(own, slot)));
  const against = slots.map((own) => slots.filter((slot) => slot === own || isEdge(slot, own)));
  const all = slots.map((own) => slots.filter((slot) => along[own].includes(slot) || against[own].includes(slot)));
  return {
    vertices: linksOf(slots.flatMap((slot) => [along[slot], against[slot]])),
    neighbours: linksOf(slots.flatMap((slot) => [all[slot], []])),
  };
}

/** Two lists for each row, as links. */
export function linksOf(lists: readonly (readonly number[])[]): Links {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) starts[i + 1] = starts[i] + list.length;
  return { starts, entries: Int32Array.from(lists.flat()) };
}

/** Every row to itself, in direction 0. */
export function selfLinks(rows: number): Links {
  return linksOf(Array.from({ length: 2 * rows }, (_, list) => (list % 2 === 0 ? [list / 2] : [])));
}

/** Appends the links of one graph, whose first row is `row`, to those of the rows before it. */
export function appendLinks(own: Links, row: number, { starts, entries }: Links): void {
  const first = row === 0 ? 0 : starts[2 * row];
  for (let i = 0; i < own.starts.length; i++) starts[2 * row + i] = first + own.starts[i];
  for (let i = 0; i < own.entries.length; i++) entries[first + i] = row + own.entries[i];
}

/** The links of vertices to words: the words of what each is linked to. Slots without a vertex have none. */
export function linkWords(vertices: Links, rows: number, words: ArrayLike<number>, { starts, entries }: Links): void {
  let count = 0;
  for (let list = 0; list < 2 * rows; list++) {
    starts[list] = count;
    for (let i = vertices.starts[list]; i < vertices.starts[list + 1]; i++) {
      const word = words[vertices.entries[i]];
      if (word >= 0) entries[count++] = word;
    }
  }
  starts[2 * rows] = count;
}

/** Links turned round: row w adds up, in direction 1 - d, the rows that are linked to it in direction d. */
export function turnLinks(links: Links, rows: number, sources: number, { starts, entries }: Links): void {
  starts.fill(0, 0, 2 * sources + 1);
  for (let list = 0; list < 2 * rows; list++) {
    for (let i = links.starts[list]; i < links.starts[list + 1]; i++) starts[2 * links.entries[i] + 2 - (list & 1)]++;
  }
  for (let list = 0; list < 2 * sources; list++) starts[list + 1] += starts[list];
  // Filled from the front: each start moves to its end, and is then the start of the next list.
  for (let list = 0; list < 2 * rows; list++) {
    for (let i = links.starts[list]; i < links.starts[list + 1]; i++) {
      entries[starts[2 * links.entries[i] + 1 - (list & 1)]++] = list >> 1;
    }
  }
  starts.copyWithin(1, 0, 2 * sources);
  starts[0] = 0;
}
