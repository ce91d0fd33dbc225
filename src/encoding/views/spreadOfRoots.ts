/** A smaller share of the squares is no variance but rounding. */
const SMALLEST = 1e-9;

/**
 * Twice the sum of the variances of columns that are square roots of counts.
 *
 * @param sums of each column over the rows
 * @param counts the sum of all counts, which are the squares
 * @returns 0 where all rows look the same
 */
export function spreadOfRoots(sums: Iterable<number>, counts: number, rows: number): number {
  let variance = counts / rows;
  for (const sum of sums) variance -= (sum / rows) * (sum / rows);
  return variance > (SMALLEST * counts) / rows ? 2 * variance : 0;
}
