import { AssayError } from "../../errors.js";
import { edgeSlots } from "../vertexOrders.js";
import { canonicaliseCell } from "./canonical.js";
import { type Cell, createCell, GENE_BIT, MAXIMUM_EDGES, MAXIMUM_VERTICES } from "./cell.js";
import { pruneCell } from "./prune.js";

const OPERATION_LETTERS = "31M";

/**
 * `7:100110100001001010101:I3M331O`: the number of vertices, the upper triangle of the adjacency matrix row by row, and
 * one letter for each vertex (I input, 3 convolution 3x3, 1 convolution 1x1, M max pooling 3x3, O output).
 */
export function formatCell({ vertices, successors, operations }: Cell): string {
  let edges = "";
  let letters = "I";
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) edges += (successors[i] >>> j) & 1;
    if (i > 0 && i < vertices - 1) letters += OPERATION_LETTERS[operations[i]];
  }
  return `${vertices}:${edges}:${letters}O`;
}

/** Reads the text form of any valid cell and brings it into canonical form. Throws AssayError that says what is wrong where. */
export function parseCell(text: string): Cell {
  const parts = text.trim().split(":");
  if (parts.length !== 3) throw malformed(text, `expected three parts with ":" between, found ${parts.length}`);
  const [count, edges, letters] = parts;
  if (!/^[2-7]$/.test(count)) throw malformed(text, `expected 2 to ${MAXIMUM_VERTICES} vertices, found "${count}"`);
  const vertices = Number(count);
  const slots = edgeSlots(vertices);
  if (edges.length !== slots || /[^01]/.test(edges)) {
    throw malformed(text, `expected ${slots} digits 0 or 1 for ${vertices} vertices, found "${edges}"`);
  }
  if (letters.length !== vertices || !/^I[31M]*O$/.test(letters)) {
    throw malformed(text, `expected I, ${vertices - 2} of the letters 3, 1 and M, and O, found "${letters}"`);
  }
  const cell = createCell();
  cell.vertices = vertices;
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) {
      if (edges[GENE_BIT[vertices][i * MAXIMUM_VERTICES + j]] === "1") cell.successors[i] |= 1 << j;
    }
  }
  for (let v = 1; v < vertices - 1; v++) cell.operations[v] = OPERATION_LETTERS.indexOf(letters[v]);
  const left = pruneCell(cell);
  if (left === 0) throw malformed(text, "no path leads from the input to the output");
  if (left > MAXIMUM_EDGES) throw malformed(text, `it has ${left} edges, at most ${MAXIMUM_EDGES} are possible`);
  canonicaliseCell(cell);
  return cell;
}

function malformed(text: string, reason: string): AssayError {
  return new AssayError(
    "bad-architecture",
    `Cannot read "${text}" as a nasbench101 cell: ${reason}.`,
    "Write vertices:upper triangle row by row:letters, such as 4:101101:I3MO.",
  );
}
