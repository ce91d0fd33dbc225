import type { Layered } from "./assignLayers.js";

/** The nodes of each layer in an order with few crossings: each goes to the middle of its neighbours, back and forth, and the best order stays. */
export function orderLayers({ layer, segments }: Layered): number[][] {
  const depth = layer.reduce((most, each) => Math.max(most, each), 0) + 1;
  const layers: number[][] = Array.from({ length: depth }, () => []);
  for (const [node, at] of layer.entries()) layers[at].push(node);
  const { before, after } = neighboursOf(layer.length, segments);
  let best = layers.map((nodes) => [...nodes]);
  let fewest = countCrossings(layers, segments);
  for (let round = 0; round < 12 && fewest > 0; round++) {
    const isDown = round % 2 === 0;
    for (let step = 1; step < layers.length; step++) {
      const at = isDown ? step : layers.length - 1 - step;
      const place = placesIn(layers[isDown ? at - 1 : at + 1]);
      const neighbours = isDown ? before : after;
      const middle = new Map(
        layers[at].map((node, own) => [node, mean(neighbours[node].map((other) => place.get(other))) ?? own]),
      );
      layers[at].sort((a, b) => middle.get(a)! - middle.get(b)!);
    }
    const crossings = countCrossings(layers, segments);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers.map((nodes) => [...nodes]);
    }
  }
  return best;
}

/** How many pairs of segments cross. */
export function countCrossings(layers: readonly (readonly number[])[], segments: Layered["segments"]): number {
  let crossings = 0;
  for (let at = 1; at < layers.length; at++) {
    const [above, below] = [placesIn(layers[at - 1]), placesIn(layers[at])];
    const pairs = segments
      .filter(([from, to]) => above.has(from) && below.has(to))
      .map(([from, to]) => [above.get(from)!, below.get(to)!]);
    for (let i = 0; i < pairs.length; i++) {
      for (let j = 0; j < i; j++) if ((pairs[i][0] - pairs[j][0]) * (pairs[i][1] - pairs[j][1]) < 0) crossings++;
    }
  }
  return crossings;
}

/** The nodes before and after each node. */
export function neighboursOf(count: number, segments: Layered["segments"]): { before: number[][]; after: number[][] } {
  const before: number[][] = Array.from({ length: count }, () => []);
  const after: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of segments) {
    after[from].push(to);
    before[to].push(from);
  }
  return { before, after };
}

function placesIn(nodes: readonly number[]): Map<number, number> {
  return new Map(nodes.map((node, place) => [node, place]));
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
