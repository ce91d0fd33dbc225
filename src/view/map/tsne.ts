import type { Generator } from "../../random/index.js";
import type { Breath } from "./breath.js";
import type { NearestRows } from "./nearest.js";
import { QuadTree } from "./quadTree.js";

const PERPLEXITY = 30;
/** Neighbours of a row that the layout keeps near: three times the perplexity, as in the publication. */
export const TSNE_NEIGHBOURS = 3 * PERPLEXITY;
const ITERATIONS = 350;
/** At first attraction is stronger, so that groups find each other. */
const EARLY = 100;
const EXAGGERATION = 12;
/** How far off a group of rows must be to count as one, as a share of its width. */
const CLOSENESS = 0.9;

/**
 * t-SNE (van der Maaten and Hinton 2008) with the tree of Barnes and Hut for what is far off (van der Maaten 2014), in two dimensions.
 *
 * @returns x and y of each row, one after the other
 */
export async function layOutTsne(nearest: NearestRows, generator: Generator, breathe: Breath): Promise<Float64Array> {
  const { count, indices } = nearest;
  if (count === 0) return new Float64Array(2);
  const size = indices.length / count;
  const chances = neighbourChances(nearest);
  const places = Float64Array.from({ length: 2 * size }, () => 1e-2 * generator.normal());
  const speed = new Float64Array(2 * size);
  const gain = new Float64Array(2 * size).fill(1);
  const force = new Float64Array(2 * size);
  const rate = Math.max(50, size / EXAGGERATION / 4);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const strength = (iteration < EARLY ? EXAGGERATION : 1) / size;
    await push(places, force, breathe);
    for (let row = 0; row < size; row++) {
      for (let i = row * count; i < (row + 1) * count; i++) {
        const other = indices[i];
        const x = places[2 * row] - places[2 * other];
        const y = places[2 * row + 1] - places[2 * other + 1];
        const factor = (strength * chances[i] * 0.5) / (1 + x * x + y * y);
        // Both directions: the chances of the two are averaged.
        force[2 * row] -= factor * x;
        force[2 * row + 1] -= factor * y;
        force[2 * other] += factor * x;
        force[2 * other + 1] += factor * y;
      }
    }
    const momentum = iteration < EARLY ? 0.5 : 0.8;
    for (let i = 0; i < force.length; i++) {
      gain[i] = force[i] > 0 === speed[i] > 0 ? gain[i] + 0.2 : Math.max(0.01, gain[i] * 0.8);
      speed[i] = momentum * speed[i] + 4 * rate * gain[i] * force[i];
      places[i] += speed[i];
    }
    await breathe();
  }
  return places;
}

/** Writes how strongly each row is pushed away by all others. */
async function push(places: Float64Array, force: Float64Array, breathe: Breath): Promise<void> {
  const tree = new QuadTree(places);
  const found = new Float64Array(3);
  let total = 0;
  for (let row = 0; 2 * row < places.length; row++) {
    tree.repulsion(row, CLOSENESS, found);
    force[2 * row] = found[0];
    force[2 * row + 1] = found[1];
    total += found[2];
    if ((row & 255) === 0) await breathe();
  }
  for (let i = 0; i < force.length; i++) force[i] /= total || 1;
}

/** How likely each row takes each of its nearest for its neighbour; the spread of each row gives the wanted perplexity. */
function neighbourChances({ count, indices, distances }: NearestRows): Float64Array {
  const chances = new Float64Array(indices.length);
  const wanted = Math.log(Math.min(PERPLEXITY, count / 1.5));
  for (let start = 0; start < indices.length; start += count) {
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let sharpness = 1;
    const nearest = distances[start] * distances[start];
    for (let step = 0; step < 64; step++) {
      let sum = 0;
      let weighted = 0;
      for (let i = start; i < start + count; i++) {
        const square = distances[i] * distances[i] - nearest;
        chances[i] = Math.exp(-sharpness * square);
        sum += chances[i];
        weighted += square * chances[i];
      }
      const entropy = Math.log(sum) + (sharpness * weighted) / sum;
      for (let i = start; i < start + count; i++) chances[i] /= sum;
      if (Math.abs(entropy - wanted) < 1e-5) break;
      if (entropy > wanted) {
        low = sharpness;
        sharpness = high === Number.POSITIVE_INFINITY ? sharpness * 2 : (low + high) / 2;
      } else {
        high = sharpness;
        sharpness = (low + high) / 2;
      }
    }
  }
  return chances;
}
