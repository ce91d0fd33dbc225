import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import { createGraph } from "./graphBuffer.js";
import { CLOSED, countSequences, longestPathOf, pathLettersOf, SILENT } from "./pathSequences.js";

/** The most sequences that are told apart. */
export const MOST_SEQUENCES = 20_000;

/**
 * For each sequence of operations, the number of paths from input to output that read so; the path encoding of BANANAS
 * (White et al., AAAI 2021) with counts. A zero operation ends a path, an identity operation is left out of its sequence.
 * Columns: the empty sequence (an edge from input to output), then the sequences of one operation, of two, and so on,
 * the first operation slowest. NAS-Bench-101 has 1 + 3 + 9 + … + 243 = 364 columns, NAS-Bench-201 1 + 3 + 9 + 27 = 40.
 */
export const pathCounts: Encoding = {
  name: "path-counts",
  description: "How many paths from input to output read as each sequence of operations",
  needs: ["graph"],
  misfit(space: SearchSpace): string | undefined {
    const view = space.views.graph;
    if (view === undefined) return undefined;
    const columns = countSequences(pathLettersOf(view).letters.length, longestPathOf(view));
    if (columns <= MOST_SEQUENCES) return undefined;
    return `path-counts would need ${columns.toLocaleString("en")} columns for ${space.name}, at most ${MOST_SEQUENCES.toLocaleString("en")} are possible.`;
  },
  bind(space: SearchSpace): BoundEncoding {
    const view = space.views.graph!;
    const size = view.maximumVertices;
    const graph = createGraph(view);
    const { letters: names, letterOfOperation } = pathLettersOf(view);
    const letters = names.length;
    const columns = countSequences(letters, longestPathOf(view));
    let target: Float32Array;
    let start: number;
    const walk = (vertex: number, sequence: number): void => {
      const last = graph.vertices - 1;
      const edges = vertex * size;
      if (graph.adjacency[edges + last] === 1) target[start + sequence]++;
      for (let next = vertex + 1; next < last; next++) {
        if (graph.adjacency[edges + next] === 0) continue;
        const letter = letterOfOperation[graph.operations[next]];
        if (letter === SILENT) walk(next, sequence);
        else if (letter !== CLOSED) walk(next, sequence * letters + 1 + letter);
      }
    };
    return {
      columns,
      columnNames: nameColumns(names, columns),
      write(architecture: Architecture, row: Float32Array, offset: number) {
        view.write(architecture, graph);
        row.fill(0, offset, offset + columns);
        target = row;
        start = offset;
        walk(0, 0);
      },
    };
  },
};

function nameColumns(letters: readonly string[], columns: number): string[] {
  const names = ["input>output"];
  const sequences = [""];
  for (let column = 1; column < columns; column++) {
    const parent = Math.floor((column - 1) / letters.length);
    sequences.push(`${sequences[parent]}${letters[(column - 1) % letters.length]}>`);
    names.push(`input>${sequences[column]}output`);
  }
  return names;
}
