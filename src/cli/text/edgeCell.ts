import type { Architecture } from "../../space/contract.js";
import { EDGES, NODES, NONE, OPERATIONS } from "../../space/nasbench201/cell.js";
import { createLineCanvas, type LineCanvas } from "./lineCanvas.js";

const NAMES: Readonly<Record<(typeof OPERATIONS)[number], string>> = {
  none: "none",
  skip_connect: "skip",
  nor_conv_1x1: "conv 1x1",
  nor_conv_3x3: "conv 3x3",
  avg_pool_3x3: "avg pool",
};

/** First column and name of each node; "in" is wide enough for two lines that leave it upward. */
const PLACES = [
  { column: 0, name: "in" },
  { column: 19, name: "1" },
  { column: 37, name: "2" },
  { column: 55, name: "out" },
] as const;
const OUT = NODES - 1;

const [OUTER_ROW, INNER_ROW, ABOVE, MAIN_ROW, BELOW, LOWER_ROW] = [0, 1, 2, 3, 4, 5];

/**
 * Draws a cell of NAS-Bench-201 from left to right: what leads from the input to the output, with its operations.
 *
 * @param genes the operation of each edge, in the order of the architecture string
 */
export function drawEdgeCell(genes: Architecture): string[] {
  const canvas = createLineCanvas();
  const edges = EDGES.map(([from, to], edge) => ({
    from,
    to,
    name: NAMES[OPERATIONS[genes[edge]]],
    gene: genes[edge],
  }));
  const alive = edges.filter(({ gene }) => gene !== NONE);
  const reached = follow(0, alive, "from", "to");
  const useful = follow(OUT, alive, "to", "from");
  const drawn = alive.filter(({ from, to }) => reached.has(from) && useful.has(to));
  for (const [node, { column, name }] of PLACES.entries()) {
    if (node === 0 || node === OUT || (reached.has(node) && useful.has(node))) canvas.write(MAIN_ROW, column, name);
  }
  for (const { from, to, name } of drawn) {
    if (to === from + 1) drawStep(canvas, from, name);
    else if (from === 0) drawArc(canvas, to === OUT ? OUTER_ROW : INNER_ROW, from, to, name);
    else drawArc(canvas, LOWER_ROW, from, to, name);
  }
  if (drawn.length === 0) return ["in   out   (nothing leads from the input to the output)"];
  return canvas.lines();
}

function drawStep(canvas: LineCanvas, from: number, name: string): void {
  const start = PLACES[from].column + PLACES[from].name.length + 1;
  const end = PLACES[from + 1].column - 2;
  canvas.horizontal(MAIN_ROW, start, end);
  canvas.write(MAIN_ROW, end, "▶");
  writeBetween(canvas, MAIN_ROW, start, end, name);
}

function drawArc(canvas: LineCanvas, row: number, from: number, to: number, name: string): void {
  const start = PLACES[from].column + (row === INNER_ROW ? 1 : 0);
  const end = PLACES[to].column + (to === OUT ? 1 : 0);
  const beside = row === LOWER_ROW ? BELOW : ABOVE;
  canvas.horizontal(row, start, end);
  canvas.vertical(start, row, beside);
  canvas.vertical(end, row, beside);
  canvas.write(beside, end, row === LOWER_ROW ? "▲" : "▼");
  writeBetween(canvas, row, start, end, name);
}

function writeBetween(canvas: LineCanvas, row: number, start: number, end: number, name: string): void {
  canvas.write(row, Math.floor((start + end - name.length - 1) / 2), ` ${name} `);
}

/** The nodes that edges lead to from a node, in one direction or the other. */
function follow(
  start: number,
  edges: readonly { readonly from: number; readonly to: number }[],
  tail: "from" | "to",
  head: "from" | "to",
): Set<number> {
  const found = new Set([start]);
  // A set hands out what is added while it is walked.
  for (const node of found) for (const edge of edges) if (edge[tail] === node) found.add(edge[head]);
  return found;
}
