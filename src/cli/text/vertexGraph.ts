import type { Graph } from "../../space/contract.js";
import { createLineCanvas } from "./lineCanvas.js";

/** Edges from one vertex that leave out the next: a line beside the vertices with an arrow at each target. */
interface Lane {
  readonly source: number;
  readonly targets: readonly number[];
  readonly last: number;
}

/**
 * Draws a graph with operations on its vertices from top to bottom. Vertices that follow each other are joined by the line
 * between them; edges that pass others run on the left.
 *
 * @param side row length of the adjacency matrix
 * @param names of the vertices
 */
export function drawVertexGraph({ vertices, adjacency }: Graph, side: number, names: readonly string[]): string[] {
  const canvas = createLineCanvas();
  const isEdge = (from: number, to: number): boolean => adjacency[from * side + to] === 1;
  const rowOf = (vertex: number): number => 2 * vertex;
  const lanes = assignLanes(findLanes(vertices, isEdge));
  const middle = lanes.reduce((most, { place }) => Math.max(most, 2 * place), 0) + (lanes.length === 0 ? 0 : 3);
  for (let vertex = 0; vertex < vertices; vertex++) {
    if (isEdge(vertex, vertex + 1) && vertex + 1 < vertices) canvas.vertical(middle, rowOf(vertex), rowOf(vertex + 1));
    else if (vertex + 1 < vertices) canvas.write(rowOf(vertex) + 1, middle + 1, " ");
  }
  for (const { source, targets, last, place } of lanes) {
    const column = middle - 3 - 2 * place;
    canvas.vertical(column, rowOf(source), rowOf(last));
    for (const vertex of [source, ...targets]) canvas.horizontal(rowOf(vertex), column, middle - 1);
    for (const target of targets) canvas.write(rowOf(target), middle - 1, "▶");
  }
  for (let vertex = 0; vertex < vertices; vertex++) canvas.write(rowOf(vertex), middle, `● ${names[vertex]}`);
  return canvas.lines();
}

function findLanes(vertices: number, isEdge: (from: number, to: number) => boolean): Lane[] {
  const lanes: Lane[] = [];
  for (let source = 0; source < vertices; source++) {
    const targets: number[] = [];
    for (let target = source + 2; target < vertices; target++) if (isEdge(source, target)) targets.push(target);
    if (targets.length > 0) lanes.push({ source, targets, last: targets[targets.length - 1] });
  }
  return lanes;
}

/** Short lanes stand next to the vertices (place 0), longer ones further out; none touches another. */
function assignLanes(lanes: readonly Lane[]): (Lane & { readonly place: number })[] {
  const placed: (Lane & { readonly place: number })[] = [];
  const byLength = [...lanes].sort((a, b) => a.last - a.source - (b.last - b.source) || a.source - b.source);
  for (const lane of byLength) {
    const rivals = placed.filter((other) => other.source <= lane.last && lane.source <= other.last);
    let place = 0;
    while (rivals.some((other) => other.place === place)) place++;
    placed.push({ ...lane, place });
  }
  return placed;
}
