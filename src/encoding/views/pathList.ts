import type { LiveGraph } from "./liveGraph.js";
import { sortStart } from "./sortStart.js";

/** How many paths read as each sequence, as a short list. A buffer that `read` fills anew for each graph. */
export interface PathList {
  /** How many different sequences there are. */
  length: number;
  /** Their numbers, rising. */
  readonly sequences: Int32Array;
  /** For each number of a sequence how many paths read so; 0 for all that are not listed. */
  readonly counts: Float64Array;
  read(graph: LiveGraph): void;
  /** Keeps so many sequences, those with the most paths; among equals the earlier ones. */
  shorten(length: number): void;
}

/** A buffer for graphs with so many possible sequences (`countSequences`). */
export function createPathList(possible: number): PathList {
  const sequences = new Int32Array(possible);
  const counts = new Float64Array(possible);
  let graph: LiveGraph;
  let letters = 0;
  const walk = (vertex: number, sequence: number): void => {
    const { firstEdge, to, letter, output } = graph;
    const end = firstEdge[vertex + 1];
    for (let edge = firstEdge[vertex]; edge < end; edge++) {
      const next = to[edge];
      if (next === output) {
        if (counts[sequence]++ === 0) sequences[list.length++] = sequence;
      } else {
        walk(next, letter[next] < 0 ? sequence : sequence * letters + 1 + letter[next]);
      }
    }
  };
  const list: PathList = {
    length: 0,
    sequences,
    counts,
    read(given) {
      for (let i = 0; i < list.length; i++) counts[sequences[i]] = 0;
      list.length = 0;
      graph = given;
      letters = given.letters.length;
      walk(0, 0);
      sortStart(sequences, list.length);
    },
    shorten(length) {
      if (length >= list.length) return;
      const listed = sequences.subarray(0, list.length);
      listed.sort((a, b) => counts[b] - counts[a] || a - b);
      for (const dropped of listed.subarray(length)) counts[dropped] = 0;
      list.length = length;
      sortStart(sequences, length);
    },
  };
  return list;
}
