import type { LinkReader } from "./links.js";
import type { Graphs } from "./readGraphs.js";

/**
 * Puts graphs next to those that they have much in common with: by their edges, then by their words, a counting sort for each column
 * from the least important to the most. What neighbours share is then found in the caches.
 *
 * @param chosen numbers of graphs
 */
export function orderGraphs({ words, shape }: Graphs, reader: LinkReader, chosen: ArrayLike<number>): Int32Array {
  const { vertices } = shape;
  let order = Int32Array.from(chosen);
  let next = new Int32Array(order.length);
  const sortBy = (values: Int32Array, size: number, place: number, first: number, count: number): void => {
    const starts = new Int32Array(count);
    for (let i = 0; i < order.length; i++) starts[values[order[i] * size + place] - first]++;
    for (let value = 0, start = 0; value < count; value++) {
      const equal = starts[value];
      if (equal === order.length) return;
      starts[value] = start;
      start += equal;
    }
    for (let i = 0; i < order.length; i++) next[starts[values[order[i] * size + place] - first]++] = order[i];
    [order, next] = [next, order];
  };
  // A slot without a vertex has the word -1.
  for (let slot = vertices - 1; slot >= 0; slot--) sortBy(words, vertices, slot, -1, shape.words + 1);
  sortBy(reader.patterns, 1, 0, 0, reader.patternCount);
  return order;
}
