import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import { largest } from "../../kernels/topK.js";
import { Distances, packRows } from "../../predictor/gaussian/distances.js";
import { groupsOf } from "../../predictor/gaussian/groups.js";
import type { Breath } from "./breath.js";
import type { Layout } from "./layout.js";
import { wholeGroups } from "./nearest.js";

const NEIGHBOURS = 4;

/** Places of further rows on a map that is laid out already: between the rows that are most like them, nearer to the nearer ones. */
export async function placeBetween(known: Matrix, { x, y }: Layout, rows: Matrix, breathe: Breath): Promise<Layout> {
  const groups = wholeGroups(groupsOf(known));
  const closeness = new Float64Array(known.rows);
  const part = new Float64Array(known.rows);
  const placed: { x: number[]; y: number[] } = { x: [], y: [] };
  const arena = kernels().open();
  try {
    const measures = groups.map(
      (group) => new Distances(arena, packRows(group, known.data, known.columns, known.rows)),
    );
    for (let row = 0; row < rows.rows; row++) {
      closeness.fill(0);
      for (const measure of measures) {
        measure.write(rows.data, row * rows.columns, 0, known.rows, part);
        for (let other = 0; other < known.rows; other++) closeness[other] -= part[other];
      }
      let [sumX, sumY, total] = [0, 0, 0];
      for (const other of largest(closeness, NEIGHBOURS)) {
        const weight = 1 / (1e-6 - closeness[other]);
        sumX += weight * x[other];
        sumY += weight * y[other];
        total += weight;
      }
      placed.x.push(Math.round((1e4 * sumX) / total) / 1e4);
      placed.y.push(Math.round((1e4 * sumY) / total) / 1e4);
      await breathe();
    }
    return placed;
  } finally {
    kernels().close(arena);
  }
}
