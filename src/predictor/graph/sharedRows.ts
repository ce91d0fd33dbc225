import type { LinkReader, Links } from "./links.js";
import type { Graphs } from "./readGraphs.js";
import { RowTable, twice } from "./rowTable.js";

/** Rows of a group, each once, and what each adds up. */
export interface Rows {
  readonly count: number;
  readonly links: Links;
}

/** What the groups must compute for some graphs, each row once. */
export interface SharedRows {
  /** Graphs, from the first one on. */
  readonly graphs: number;
  /** Rows of the first group; they add up words. */
  readonly first: Rows;
  /** Rows of the second group; they add up rows of the first. */
  readonly second: Rows;
  /** The row of the second group that each vertex has, graph after graph. */
  readonly rowOf: Int32Array;
  /**
   * Of the groups after the second, what rows add up along the edges and what they add up against them, each for itself: a row of such a
   * group is the sum of two sides. They add up rows of the second group, in direction 0.
   */
  readonly sides: readonly [along: Rows, against: Rows];
  /** The two sides of each vertex, one after the other. */
  readonly sidesOf: Int32Array;
}

/** How much is shared at most, about. */
export interface SharingLimits {
  /** Rows of the second group. */
  readonly rows: number;
  /** Sides, those along the edges and those against them together. */
  readonly sides: number;
}

/**
 * Finds out what the groups must compute for graphs, beginning with number `first` of those that are chosen: as many graphs as come to
 * about as many different rows and sides as the limits say. Graphs of one space have much in common: the vertices of NAS-Bench-201,
 * 156,250, have 250 different rows after the first group and 10,750 after the second, and the third adds up 47,000 different sides
 * along the edges and as many against them.
 *
 * A row is known by what it adds up, words in their own order and rows in the order of the slots, so that what is computed for
 * a graph depends on no other, to the last bit.
 */
export function shareRows(
  graphs: Graphs,
  reader: LinkReader,
  chosen: ArrayLike<number>,
  first: number,
  limits: SharingLimits,
): SharedRows {
  const { vertices } = graphs.shape;
  const left = chosen.length - first;
  // Nobody knows how many graphs it will be.
  let rowOf = new Int32Array(Math.min(left, 1024) * vertices);
  let sidesOf = new Int32Array(2 * rowOf.length);
  const [one, two] = [new RowTable(), new RowTable()];
  const sides = [new RowTable(), new RowTable()] as const;
  const firstRows = new FirstRows(graphs, reader, one);
  const numbers = new Int32Array(2 * vertices);
  let count = 0;
  for (; count < left && two.count < limits.rows && sides[0].count + sides[1].count < limits.sides; count++) {
    const { starts, entries } = reader.linksOf(chosen[first + count]).vertices;
    const changed = firstRows.read(chosen[first + count]);
    const { rows, reach } = firstRows;
    const own = count * vertices;
    if (own === rowOf.length) [rowOf, sidesOf] = [twice(rowOf), twice(sidesOf)];
    let changedRows = 0;
    for (let slot = 0; slot < vertices; slot++) {
      const place = own + slot;
      if ((reach[slot] & changed) === 0) {
        rowOf[place] = rowOf[place - vertices];
        continue;
      }
      const start = starts[2 * slot];
      const length = starts[2 * slot + 2] - start;
      for (let i = 0; i < length; i++) numbers[i] = rows[entries[start + i]];
      const row = two.numberOf(numbers, starts[2 * slot + 1] - start, length);
      rowOf[place] = row;
      if (changed === ALL || row !== rowOf[place - vertices]) changedRows |= 1 << slot;
    }
    if (changed === ALL) changedRows = ALL;
    for (let slot = 0; slot < vertices; slot++) {
      for (let list = 2 * slot; list < 2 * slot + 2; list++) {
        const place = 2 * own + list;
        if ((reach[slot] & changedRows) === 0) {
          sidesOf[place] = sidesOf[place - 2 * vertices];
          continue;
        }
        const start = starts[list];
        const length = starts[list + 1] - start;
        for (let i = 0; i < length; i++) numbers[i] = rowOf[own + entries[start + i]];
        sidesOf[place] = sides[list & 1].numberOf(numbers, length, length);
      }
    }
  }
  return {
    graphs: count,
    ...{ first: rowsOf(one), second: rowsOf(two), rowOf: rowOf.slice(0, count * vertices) },
    ...{ sides: [rowsOf(sides[0]), rowsOf(sides[1])], sidesOf: sidesOf.slice(0, 2 * count * vertices) },
  };
}

function rowsOf({ count, links }: RowTable): Rows {
  return { count, links };
}

/** All bits. */
const ALL = -1;

/** The rows of the first group that the vertices of one graph after the other have. */
class FirstRows {
  /** The row of each slot. */
  readonly rows: Int32Array;
  /** For each slot the bits of those that it is linked to. Where slots share a bit, one of them is looked up in vain. */
  readonly reach: Int32Array;
  readonly #graphs: Graphs;
  readonly #reader: LinkReader;
  readonly #table: RowTable;
  readonly #numbers: Int32Array;
  #before = -1;

  constructor(graphs: Graphs, reader: LinkReader, table: RowTable) {
    const { vertices } = graphs.shape;
    [this.#graphs, this.#reader, this.#table] = [graphs, reader, table];
    this.rows = new Int32Array(vertices);
    this.reach = new Int32Array(vertices);
    this.#numbers = new Int32Array(2 * vertices);
  }

  /** Reads a graph. Gives a bit for each slot whose row is another one than in the graph before, or `ALL` where the edges are others. */
  read(graph: number): number {
    const { vertices } = this.#graphs.shape;
    const { rows, reach } = this;
    const { starts, entries } = this.#reader.linksOf(graph).vertices;
    const changed = this.#changedWords(graph, starts, entries);
    let changedRows = 0;
    for (let slot = 0; slot < vertices; slot++) {
      if ((reach[slot] & changed) === 0) continue;
      const row = this.#rowOf(graph, starts, entries, slot);
      if (row !== rows[slot]) changedRows |= 1 << slot;
      rows[slot] = row;
    }
    return changed === ALL ? ALL : changedRows;
  }

  #changedWords(graph: number, starts: Int32Array, entries: Int32Array): number {
    const { words, shape } = this.#graphs;
    const { vertices } = shape;
    const { patterns } = this.#reader;
    const before = this.#before;
    this.#before = graph;
    let changed = 0;
    if (before >= 0 && patterns[graph] === patterns[before]) {
      for (let slot = 0; slot < vertices; slot++) {
        if (words[graph * vertices + slot] !== words[before * vertices + slot]) changed |= 1 << slot;
      }
      return changed;
    }
    this.reach.fill(0);
    for (let slot = 0; slot < vertices; slot++) {
      for (let i = starts[2 * slot]; i < starts[2 * slot + 2]; i++) this.reach[slot] |= 1 << entries[i];
    }
    return ALL;
  }

  /** The number of the row of a slot, its words sorted in each direction. */
  #rowOf(graph: number, starts: Int32Array, entries: Int32Array, slot: number): number {
    const { words, shape } = this.#graphs;
    const numbers = this.#numbers;
    const wordsStart = graph * shape.vertices;
    let length = 0;
    let along = 0;
    for (let direction = 0; direction < 2; direction++) {
      const begin = length;
      const list = 2 * slot + direction;
      for (let i = starts[list]; i < starts[list + 1]; i++) {
        const word = words[wordsStart + entries[i]];
        if (word < 0) continue;
        let place = length++;
        for (; place > begin && numbers[place - 1] > word; place--) numbers[place] = numbers[place - 1];
        numbers[place] = word;
      }
      if (direction === 0) along = length;
    }
    return this.#table.numberOf(numbers, along, length);
  }
}
