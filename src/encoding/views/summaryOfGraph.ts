import type { SummaryPart } from "./group.js";
import type { LiveGraph } from "./liveGraph.js";

const OF_SHAPE = [
  "log(1+paths)",
  "paths without operation",
  "longest path",
  "mean path",
  "edges",
  "vertices",
  "edges from input",
  "edges to output",
];

/**
 * What the live graph comes to. The run `operations` has for each operation that counts: its vertices, log(1 + how often it stands
 * on all paths together), the most on one path. The run `shape` has log(1 + paths), paths without any operation, the most and the mean number of
 * operations on a path, edges, vertices, edges out of the input and into the output. Nothing walks the paths one by
 * one, so that graphs with millions of them are fine.
 */
export function summariseGraph(buffer: LiveGraph): SummaryPart {
  const letters = buffer.letters.length;
  const size = buffer.isLive.length;
  const pathsTo = new Float64Array(size);
  const pathsOn = new Float64Array(size);
  const silentTo = new Float64Array(size);
  const longestTo = new Int32Array(size);
  const mostTo = new Int32Array(size * letters);
  const verticesOf = new Int32Array(letters);
  const timesOf = new Float64Array(letters);

  /** What leads from the input to each vertex, edge by edge in topological order. */
  function goForward({ output, edges, from, to, letter }: LiveGraph): void {
    pathsTo.fill(0, 0, output + 1);
    silentTo.fill(0, 0, output + 1);
    longestTo.fill(0, 0, output + 1);
    mostTo.fill(0, 0, (output + 1) * letters);
    pathsTo[0] = 1;
    silentTo[0] = 1;
    for (let edge = 0; edge < edges; edge++) {
      const source = from[edge];
      const target = to[edge];
      const own = letter[target];
      pathsTo[target] += pathsTo[source];
      if (own < 0) silentTo[target] += silentTo[source];
      longestTo[target] = Math.max(longestTo[target], longestTo[source] + (own < 0 ? 0 : 1));
      const sourceRow = source * letters;
      const targetRow = target * letters;
      for (let k = 0; k < letters; k++) {
        const most = mostTo[sourceRow + k] + (k === own ? 1 : 0);
        if (most > mostTo[targetRow + k]) mostTo[targetRow + k] = most;
      }
    }
  }

  function goBackward({ output, edges, from, to }: LiveGraph): void {
    pathsOn.fill(0, 0, output + 1);
    pathsOn[output] = 1;
    for (let edge = edges - 1; edge >= 0; edge--) pathsOn[from[edge]] += pathsOn[to[edge]];
  }

  const ofOperations = buffer.letters.flatMap((name) => [
    `vertices with ${name}`,
    `log(1+${name} over paths)`,
    `most ${name}`,
  ]);
  return {
    columnNames: [...ofOperations, ...OF_SHAPE],
    runs: [
      { name: "operations", width: ofOperations.length },
      { name: "shape", width: OF_SHAPE.length },
    ],
    write({ graph }, values, offset) {
      const live = graph!;
      const { output, edges, firstEdge, isLive, letter, to } = live;
      goForward(live);
      goBackward(live);
      verticesOf.fill(0);
      timesOf.fill(0);
      let vertices = 0;
      for (let vertex = 0; vertex <= output; vertex++) {
        if (isLive[vertex] === 0) continue;
        vertices++;
        const own = letter[vertex];
        if (own < 0) continue;
        verticesOf[own]++;
        timesOf[own] += pathsTo[vertex] * pathsOn[vertex];
      }
      let place = offset;
      let times = 0;
      for (let k = 0; k < letters; k++) {
        values[place++] = verticesOf[k];
        values[place++] = Math.log(1 + timesOf[k]);
        values[place++] = mostTo[output * letters + k];
        times += timesOf[k];
      }
      let intoOutput = 0;
      for (let edge = 0; edge < edges; edge++) if (to[edge] === output) intoOutput++;
      values[place++] = Math.log(1 + pathsTo[output]);
      values[place++] = silentTo[output];
      values[place++] = longestTo[output];
      values[place++] = times / Math.max(pathsTo[output], 1);
      values[place++] = edges;
      values[place++] = vertices;
      values[place++] = firstEdge[1];
      values[place] = intoOutput;
    },
  };
}
