import type { Graphs } from "../graph/readGraphs.js";
import type { DirectedNetwork } from "./directedNetwork.js";

/** Writes graphs into the first samples of a network's batch; the other samples become graphs without vertices. */
export function writeDirected(
  { network, words, matrices, fillings }: DirectedNetwork,
  { shape, words: wordOf, edges }: Graphs,
  rows: ArrayLike<number>,
): void {
  const { batch } = network;
  const { vertices } = shape;
  const word = network.values(words).fill(0);
  const [along, against] = matrices.map((matrix) => network.values(matrix).fill(0));
  const filling = network.values(fillings).fill(0);
  for (let sample = 0; sample < rows.length; sample++) {
    const start = rows[sample] * vertices;
    let used = 0;
    for (let vertex = 0; vertex < vertices; vertex++) {
      const own = wordOf[start + vertex];
      if (own < 0) continue;
      used++;
      word[(own * vertices + vertex) * batch + sample] = 1;
      let [successors, predecessors] = [1, 1];
      for (let other = 0; other < vertices; other++) {
        successors += edges[(start + vertex) * vertices + other];
        predecessors += edges[(start + other) * vertices + vertex];
      }
      for (let other = 0; other < vertices; other++) {
        const loop = vertex === other ? 1 : 0;
        const place = (vertex * vertices + other) * batch + sample;
        along[place] = (loop + edges[(start + vertex) * vertices + other]) / successors;
        against[place] = (loop + edges[(start + other) * vertices + vertex]) / predecessors;
      }
    }
    for (let at = sample; at < filling.length; at += batch) filling[at] = vertices / Math.max(1, used);
  }
}
