import { graphEdgeColumn, graphSizes } from "../../encoding/graph.js";
import { AssayError } from "../../errors.js";
import type { Matrix } from "../../kernels/matrix.js";

/** Graphs out of rows of the encoding `graph`. */
export interface Graphs {
  readonly count: number;
  /** Slots for vertices, V. */
  readonly slots: number;
  /** Words that vertices may have, K. */
  readonly words: number;
  /** The word of each vertex, -1 where a graph has no such vertex (count x V). */
  readonly wordOf: Int32Array;
  /** 1 where an edge leads from slot i to slot j: element (i, j) of a graph is number i * V + j of its V * V. */
  readonly edges: Uint8Array;
}

/** Room for words in a first layer: more than any space needs, and few enough that a wrong row is noticed. */
const MOST_WORDS = 4096;

/**
 * Reads rows of the encoding `graph`. Throws AssayError (`bad-features`) where they are something else.
 *
 * @param words K, where it must be that of earlier rows
 * @example
 * const { slots, wordOf, edges } = readGraphs(encode(space, "graph", architectures));
 */
export function readGraphs({ rows, columns, data }: Matrix, words?: number): Graphs {
  const { vertices: slots } = graphSizes(columns);
  const known = words ?? (rows === 0 ? 0 : data[0]);
  const graphs: Graphs = {
    count: rows,
    slots,
    words: known,
    wordOf: new Int32Array(rows * slots),
    edges: new Uint8Array(rows * slots * slots),
  };
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    if (data[start] !== known || !isWord(known - 1, MOST_WORDS)) throw wrong(row, `says ${data[start]} words`);
    for (let slot = 0; slot < slots; slot++) {
      const word = data[start + 1 + slot];
      if (word !== -1 && !isWord(word, known)) throw wrong(row, `has the word ${word} of ${known}`);
      graphs.wordOf[row * slots + slot] = word;
      for (let to = slot + 1; to < slots; to++) {
        if (data[start + graphEdgeColumn(slots, slot, to)] === 0) continue;
        graphs.edges[(row * slots + slot) * slots + to] = 1;
      }
    }
  }
  return graphs;
}

function isWord(word: number, words: number): boolean {
  return Number.isInteger(word) && word >= 0 && word < words;
}

function wrong(row: number, what: string): AssayError {
  return new AssayError(
    "bad-features",
    `Row ${row} is no row of the encoding "graph": it ${what}.`,
    'Encode all architectures of one space with "graph".',
  );
}
