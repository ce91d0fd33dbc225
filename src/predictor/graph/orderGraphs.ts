import type { Graphs } from "./readGraphs.js";

/**
 * Puts graphs next to those that they have much in common with: by edges, then by words, a counting sort for each column from the
 * least important to the most. What neighbours share is then found in the caches.
 *
 * @param chosen numbers of graphs
 */
export function orderGraphs({ words, edges, shape }: Graphs, chosen: ArrayLike<number>): Int32Array {
  const { vertices } = shape;
  let order = Int32Array.from(chosen);
  let next = new Int32Array(order.length);
  // Words begin at -1, where there is no vertex.
  const counts = new Int32Array(Math.max(2, shape.words + 1));
  const sortBy = (column: ArrayLike<number>, size: number, place: number, first: number): void => {
    counts.fill(0);
    for (const graph of order) counts[column[graph * size + place] - first]++;
    let start = 0;
    for (let value = 0; value < counts.length; value++) {
      const count = counts[value];
      if (count === order.length) return;
      counts[value] = start;
      start += count;
    }
    for (const graph of order) next[counts[column[graph * size + place] - first]++] = graph;
    [order, next] = [next, order];
  };
  for (let slot = vertices - 1; slot >= 0; slot--) sortBy(words, vertices, slot, -1);
  for (let place = vertices ** 2 - 1; place >= 0; place--) {
    if (place % vertices > Math.floor(place / vertices)) sortBy(edges, vertices ** 2, place, 0);
  }
  return order;
}
