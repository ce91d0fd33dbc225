import type { Architecture, Graph, GraphView } from "../contract.js";
import { CONVOLUTION_1X1, CONVOLUTION_3X3, EDGES, NONE, POOL, SKIP } from "./cell.js";

/** The words in the order of Siamese-NAS; "none" is a node that only adds, "zeros" the operation `none` of the benchmark. */
const WORDS = [
  "skip_connect",
  "zeros",
  "none",
  "split_2",
  "split_3",
  "nor_conv_3x3",
  "nor_conv_1x1",
  "avg_pool_3x3",
  "output",
] as const;
type Word = (typeof WORDS)[number];

const NODES: readonly (Word | "edge")[] = [
  "split_3",
  "edge",
  "split_2",
  "edge",
  "edge",
  "none",
  "edge",
  "edge",
  "edge",
  "output",
];

const LINKS: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 3],
  [0, 6],
  [1, 2],
  [2, 4],
  [2, 7],
  [3, 5],
  [4, 5],
  [5, 8],
  [6, 9],
  [7, 9],
  [8, 9],
];

const adjacency = new Uint8Array(NODES.length * NODES.length);
for (const [from, to] of LINKS) adjacency[from * NODES.length + to] = 1;

const fixedWords = Uint8Array.from(NODES, (node) => (node === "edge" ? 0 : WORDS.indexOf(node)));
/** The vertices of the edges, in the order of the string: the order in which they stand here. */
const vertexOfEdge = NODES.flatMap((node, vertex) => (node === "edge" ? [vertex] : []));
const wordOfOperation = new Uint8Array(5);
wordOfOperation[NONE] = WORDS.indexOf("zeros");
wordOfOperation[SKIP] = WORDS.indexOf("skip_connect");
wordOfOperation[CONVOLUTION_1X1] = WORDS.indexOf("nor_conv_1x1");
wordOfOperation[CONVOLUTION_3X3] = WORDS.indexOf("nor_conv_3x3");
wordOfOperation[POOL] = WORDS.indexOf("avg_pool_3x3");

/**
 * The cell as Siamese-NAS draws it for its graph networks: 10 nodes, one for each edge and one for each place where
 * feature maps are copied (`split_3`, `split_2`) or added (`none`, `output`), in a vocabulary of 9 words.
 */
export const networkView: GraphView = {
  maximumVertices: NODES.length,
  operations: WORDS,
  zeroOperations: ["zeros"],
  identityOperations: ["skip_connect", "none", "split_2", "split_3"],
  write(architecture: Architecture, graph: Graph) {
    graph.vertices = NODES.length;
    graph.adjacency.set(adjacency);
    graph.operations.set(fixedWords);
    for (let edge = 0; edge < EDGES.length; edge++) {
      graph.operations[vertexOfEdge[edge]] = wordOfOperation[architecture[edge]];
    }
  },
};
