import type { LinkReader, Links } from "./links.js";
import type { Graphs } from "./readGraphs.js";
import { RowTable } from "./rowTable.js";

/** What two groups must compute for some graphs, each row once. */
export interface SharedRows {
  /** Graphs, from the first one on. */
  readonly graphs: number;
  /** Rows of the first group; they add up words. */
  readonly first: Links;
  readonly firstRows: number;
  /** Rows of the second group; they add up rows of the first. */
  readonly second: Links;
  readonly secondRows: number;
  /** The row of the second group that each vertex has, graph after graph. */
  readonly rowOf: Int32Array;
}

/**
 * Finds out what the first two groups must compute for graphs, beginning with number `first` of those that are chosen: as many
 * graphs as come to about `most` different rows. Graphs of one space have much in common: the vertices of NAS-Bench-201, 156,250,
 * have 250 different rows after the first group and 10,750 after the second.
 *
 * A row is known by what it adds up, words in their own order and rows in the order of the slots, so that what is computed for
 * a graph depends on no other, to the last bit.
 */
export function shareRows(
  graphs: Graphs,
  reader: LinkReader,
  chosen: ArrayLike<number>,
  first: number,
  most: number,
): SharedRows {
  const { words, shape } = graphs;
  const { vertices } = shape;
  const [one, two] = [new RowTable(), new RowTable()];
  const left = chosen.length - first;
  const rowOf = new Int32Array(left * vertices);
  const numbers = new Int32Array(2 * vertices);
  const rows = new Int32Array(vertices);
  const reach = new Int32Array(vertices);
  let count = 0;
  let before = -1;
  for (; count < left && two.count < most; count++) {
    const graph = chosen[first + count];
    const { starts, entries } = reader.linksOf(graph).vertices;
    const wordsStart = graph * vertices;
    // A bit for each slot whose word, and then whose row, is another one than in the graph before. Where slots share a bit, one of them
    // is looked up in vain.
    let changed = -1;
    if (before >= 0 && reader.patterns[graph] === reader.patterns[before]) {
      changed = 0;
      for (let slot = 0; slot < vertices; slot++) {
        if (words[wordsStart + slot] !== words[before * vertices + slot]) changed |= 1 << slot;
      }
    } else {
      reach.fill(0);
      for (let slot = 0; slot < vertices; slot++) {
        for (let i = starts[2 * slot]; i < starts[2 * slot + 2]; i++) reach[slot] |= 1 << entries[i];
      }
    }
    before = graph;
    let changedRows = 0;
    for (let slot = 0; slot < vertices; slot++) {
      if ((reach[slot] & changed) === 0) continue;
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
      const row = one.numberOf(numbers, along, length);
      if (row === rows[slot] && changed !== -1) continue;
      rows[slot] = row;
      changedRows |= 1 << slot;
    }
    for (let slot = 0; slot < vertices; slot++) {
      if ((reach[slot] & changedRows) === 0) {
        rowOf[count * vertices + slot] = rowOf[(count - 1) * vertices + slot];
        continue;
      }
      const start = starts[2 * slot];
      const length = starts[2 * slot + 2] - start;
      for (let i = 0; i < length; i++) numbers[i] = rows[entries[start + i]];
      rowOf[count * vertices + slot] = two.numberOf(numbers, starts[2 * slot + 1] - start, length);
    }
  }
  return {
    graphs: count,
    ...{ first: one.links, firstRows: one.count, second: two.links, secondRows: two.count, rowOf },
  };
}
