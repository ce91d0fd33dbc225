import type { SummaryColumn, SummaryPart } from "./group.js";
import type { LiveGraph } from "./liveGraph.js";

/** More than the operations on any path. */
const FARTHEST = 2 ** 30;

/** Of each operation. */
const WEIGHT_OF_OPERATION = 1;

/**
 * What the shape of a graph comes to. Whether there is a residual path, and how deep the network is, sets architectures farthest apart; what
 * has no weight says nothing that the others do not say. The weights were learnt, see docs/ablation.md.
 */
const OF_SHAPE: readonly SummaryColumn[] = [
  { name: "log(1+paths)", weight: 1 },
  { name: "paths without operation", weight: 2 },
  { name: "longest path", weight: 0 },
  { name: "mean path", weight: 2 },
  { name: "edges", weight: 0 },
  { name: "vertices", weight: 0 },
  { name: "edges from input", weight: 0 },
  { name: "edges to output", weight: 0 },
  { name: "shortest path", weight: 2, isPlain: false },
];

/**
 * What the live graph comes to. The run `operations` has for each operation that counts: its vertices, log(1 + how often it stands
 * on all paths together), the most on one path. The run `shape` has log(1 + paths), paths without any operation, the most and the mean number of
 * operations on a path, edges, vertices, edges out of the input and into the output, and the fewest operations on a path (0 where there is none). Nothing walks the paths one by
 * one, so that graphs with millions of them are fine.
 */
export function summariseGraph(buffer: LiveGraph): SummaryPart {
  const letters = buffer.letters.length;
  const size = buffer.isLive.length;
  const pathsTo = new Float64Array(size);
  const pathsOn = new Float64Array(size);
  const silentTo = new Float64Array(size);
  const longestTo = new Int32Array(size);
  const shortestTo = new Int32Array(size);
  const mostTo = new Int32Array(size * letters);
  const verticesOf = new Int32Array(letters);
  const timesOf = new Float64Array(letters);

  /** What leads from the input to each vertex, edge by edge in topological order. */
  function goForward({ output, edges, from, to, letter }: LiveGraph): void {
    pathsTo.fill(0, 0, output + 1);
    silentTo.fill(0, 0, output + 1);
    longestTo.fill(0, 0, output + 1);
    shortestTo.fill(FARTHEST, 0, output + 1);
    mostTo.fill(0, 0, (output + 1) * letters);
    pathsTo[0] = 1;
    silentTo[0] = 1;
    shortestTo[0] = 0;
    for (let edge = 0; edge < edges; edge++) {
      const source = from[edge];
      const target = to[edge];
      const own = letter[target];
      pathsTo[target] += pathsTo[source];
      if (own < 0) silentTo[target] += silentTo[source];
      const step = own < 0 ? 0 : 1;
      longestTo[target] = Math.max(longestTo[target], longestTo[source] + step);
      shortestTo[target] = Math.min(shortestTo[target], shortestTo[source] + step);
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

  const ofOperations = buffer.letters
    .flatMap((name) => [`vertices with ${name}`, `log(1+${name} over paths)`, `most ${name}`])
    .map((name): SummaryColumn => ({ name, weight: WEIGHT_OF_OPERATION }));
  return {
    columns: [...ofOperations, ...OF_SHAPE],
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
      values[place++] = intoOutput;
      values[place] = pathsTo[output] === 0 ? 0 : shortestTo[output];
    },
  };
}
