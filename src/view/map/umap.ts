import type { Generator } from "../../random/index.js";
import type { Breath } from "./breath.js";
import { fuzzyGraph, type WeightedEdges } from "./fuzzyGraph.js";
import type { NearestRows } from "./nearest.js";
import { spectralStart } from "./spectralStart.js";

/** Neighbours of a row that the layout keeps near. */
export const UMAP_NEIGHBOURS = 15;
/** Similarity in the layout is 1 / (1 + A d²): a distance of about 0.1 is near. With an exponent of 1 no power is needed. */
const A = 1.6;
const NEGATIVES = 5;
const MOST_PULL = 4;

/**
 * UMAP (McInnes, Healy and Melville 2018) in two dimensions: edges of the fuzzy graph pull their ends together, random rows are pushed
 * apart. A kernel of our own: the JavaScript library takes minutes for 15,625 rows.
 *
 * @returns x and y of each row, one after the other
 */
export async function layOutUmap(nearest: NearestRows, generator: Generator, breathe: Breath): Promise<Float64Array> {
  const size = nearest.count === 0 ? 1 : nearest.indices.length / nearest.count;
  if (nearest.count === 0) return new Float64Array(2);
  const edges = fuzzyGraph(nearest);
  const places = await spectralStart(edges, size, generator.split("start"), breathe);
  await descend(edges, places, size, generator.split("descent"), breathe);
  return places;
}

async function descend(
  { from, to, weight }: WeightedEdges,
  places: Float64Array,
  size: number,
  generator: Generator,
  breathe: Breath,
): Promise<void> {
  const epochs = size > 10_000 ? 200 : 300;
  let heaviest = 0;
  for (const some of weight) heaviest = Math.max(heaviest, some);
  // A strong edge is taken in every epoch, a weak one now and then.
  const every = weight.map((some) => heaviest / Math.max(some, heaviest / epochs));
  const due = every.slice();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 1 - (epoch - 1) / epochs;
    for (let edge = 0; edge < from.length; edge++) {
      if (due[edge] > epoch) continue;
      due[edge] += every[edge];
      pull(places, 2 * from[edge], 2 * to[edge], rate);
      for (let end = 0; end < 2; end++) {
        const row = end === 0 ? from[edge] : to[edge];
        // Half of the pushes for each end.
        const pushes = (edge + epoch + end) % 2 === 0 ? NEGATIVES >> 1 : (NEGATIVES + 1) >> 1;
        for (let push = 0; push < pushes; push++) repel(places, 2 * row, 2 * generator.integer(size), rate);
      }
      if ((edge & 1023) === 0) await breathe();
    }
    await breathe();
  }
}

function pull(places: Float64Array, one: number, other: number, rate: number): void {
  const x = places[one] - places[other];
  const y = places[one + 1] - places[other + 1];
  const factor = (-2 * A) / (1 + A * (x * x + y * y));
  const [moveX, moveY] = [rate * limit(factor * x), rate * limit(factor * y)];
  places[one] += moveX;
  places[one + 1] += moveY;
  places[other] -= moveX;
  places[other + 1] -= moveY;
}

function repel(places: Float64Array, row: number, other: number, rate: number): void {
  if (row === other) return;
  const x = places[row] - places[other];
  const y = places[row + 1] - places[other + 1];
  const square = x * x + y * y;
  const factor = 2 / ((0.001 + square) * (1 + A * square));
  places[row] += rate * limit(factor * x);
  places[row + 1] += rate * limit(factor * y);
}

function limit(move: number): number {
  return move > MOST_PULL ? MOST_PULL : move < -MOST_PULL ? -MOST_PULL : move;
}
