import type { Architecture, GraphView } from "../../space/contract.js";
import { MOST_SEQUENCES } from "../pathCounts.js";
import { countSequences, longestPathOf, pathLettersOf } from "../pathSequences.js";
import type { SeenArchitecture, ViewGroup } from "./group.js";
import type { LiveGraph } from "./liveGraph.js";
import { createPathList } from "./pathList.js";
import { spreadOfRoots } from "./spreadOfRoots.js";

/** Rows are held for whole spaces, so that they are kept short. */
const MOST_PAIRS = 128;
/** Walking more paths than this for one architecture takes too long. */
const MOST_PATHS = 5_000;
/** What an architecture may have beyond the most of the reference: half as many sequences again, at least two. */
const LEAST_MARGIN = 2;

/**
 * The square roots of the path counts (as `path-counts` has them) as a list of pairs: number of the sequence, root. Square roots
 * because a sequence that is there at all says more than one that is there once more.
 *
 * There is room for a quarter more sequences than the richest reference architecture has, at least for two more, and never for
 * more than there can be. Where an architecture has still more, those with the fewest paths are dropped, among equals the
 * later ones. In NAS-Bench-101, NAS-Bench-201 and `nanobench` none has.
 *
 * Undefined where sequences or paths are too many to be listed.
 */
export function createPathsGroup(
  view: GraphView,
  see: (architecture: Architecture) => SeenArchitecture,
  reference: readonly Architecture[],
  isWhole: boolean,
): ViewGroup | undefined {
  const longest = longestPathOf(view);
  const possible = countSequences(pathLettersOf(view).letters.length, longest);
  if (!(possible <= MOST_SEQUENCES)) return undefined;
  const most = mostPaths(view.maximumVertices - 2, longest);
  const list = createPathList(possible);
  const sums = new Float64Array(possible);
  let [richest, squares] = [0, 0];
  for (const architecture of reference) {
    const { graph } = see(architecture);
    if (most > MOST_PATHS && countPaths(graph!) > MOST_PATHS) return undefined;
    list.read(graph!);
    richest = Math.max(richest, list.length);
    for (let i = 0; i < list.length; i++) {
      const count = list.counts[list.sequences[i]];
      sums[list.sequences[i]] += Math.sqrt(count);
      squares += count;
    }
  }
  const margin = isWhole ? 0 : Math.max(LEAST_MARGIN, Math.ceil(richest / 4));
  const pairs = Math.min(richest + margin, possible, most, MOST_PAIRS);
  return {
    name: "paths",
    kind: "sparse",
    width: 2 * pairs,
    columnNames: Array.from({ length: pairs }, (_, i) => [`sequence ${i + 1}`, `root of count ${i + 1}`]).flat(),
    spread: spreadOfRoots(sums, squares, reference.length),
    write({ graph }, scale, row, offset) {
      list.read(graph!);
      list.shorten(pairs);
      for (let i = 0; i < pairs; i++) {
        const place = offset + 2 * i;
        if (i < list.length) {
          row[place] = list.sequences[i];
          row[place + 1] = Math.sqrt(list.counts[list.sequences[i]]) * scale;
        } else {
          row[place] = -1;
          row[place + 1] = 0;
        }
      }
    },
  };
}

function countPaths({ output, edges, from, to }: LiveGraph): number {
  const paths = new Float64Array(output + 1);
  paths[0] = 1;
  for (let edge = 0; edge < edges; edge++) paths[to[edge]] += paths[from[edge]];
  return paths[output];
}

/** How many paths a graph of so many vertices between input and output can have: the ways to choose `longest` of them or fewer. */
function mostPaths(vertices: number, longest: number): number {
  let paths = 0;
  let ofThisLength = 1;
  for (let length = 0; length <= Math.min(vertices, longest); length++) {
    paths += ofThisLength;
    ofThisLength = (ofThisLength * (vertices - length)) / (length + 1);
  }
  return paths;
}
