import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import { Distances, packRows } from "../../predictor/gaussian/distances.js";
import { groupsOf } from "../../predictor/gaussian/groups.js";

/**
 * The candidates by the squared distance to the nearest known row, farthest first; in their own order where nothing is known.
 *
 * @param known rows in the encoding `views`
 * @param candidates rows in the same encoding
 * @returns rows of `candidates`
 */
export function farthestFirst(known: Matrix, candidates: Matrix): number[] {
  const { rows, columns } = candidates;
  const nearest = new Float64Array(rows);
  if (known.rows > 0) {
    kernels().run((arena) => {
      const measures = groupsOf(candidates).map(
        (group) => new Distances(arena, packRows(group, known.data, columns, known.rows)),
      );
      const own = new Float64Array(known.rows);
      const total = new Float64Array(known.rows);
      for (let row = 0; row < rows; row++) {
        total.fill(0);
        for (const measure of measures) {
          measure.write(candidates.data, row * columns, 0, known.rows, own);
          for (let i = 0; i < own.length; i++) total[i] += own[i];
        }
        nearest[row] = total.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY);
      }
    });
  }
  return Array.from(nearest.keys()).sort((a, b) => nearest[b] - nearest[a]);
}
