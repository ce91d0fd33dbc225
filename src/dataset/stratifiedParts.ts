import type { Generator } from "../random/index.js";

/**
 * Draws disjoint parts of some labelled images, each with the same share of every class as far as whole numbers allow. A part
 * depends on the counts before it, not on those after it.
 *
 * @param counts images of each part; their sum is at most the number of labels
 * @returns the indices of each part, ascending
 */
export function stratifiedParts(
  labels: Int32Array,
  classes: number,
  counts: readonly number[],
  generator: Generator,
): Int32Array[] {
  const members: number[][] = Array.from({ length: classes }, () => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]].push(i);
  for (const [label, list] of members.entries()) generator.split(label).shuffle(list);
  return counts.map((count) => {
    const quotas = shareOut(
      count,
      members.map(({ length }) => length),
    );
    return Int32Array.from(members.flatMap((list, label) => list.splice(0, quotas[label]))).sort();
  });
}

/** Whole shares of `count` in proportion to the sizes, largest remainders first; never more than a size. */
function shareOut(count: number, sizes: readonly number[]): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (count > total) throw new RangeError(`cannot draw ${count} of ${total} images`);
  if (total === 0) return sizes.map(() => 0);
  const shares = sizes.map((size) => Math.floor((count * size) / total));
  let left = count - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = [...sizes.keys()].sort(
    (a, b) => ((count * sizes[b]) % total) - ((count * sizes[a]) % total) || a - b,
  );
  for (const label of byRemainder) {
    if (left-- <= 0) break;
    shares[label]++;
  }
  return shares;
}
