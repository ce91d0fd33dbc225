import type { Generator } from "../../random/index.js";
import type { Breath } from "./breath.js";
import type { WeightedEdges } from "./fuzzyGraph.js";

const STEPS = 150;

/**
 * Where rows stand at first: along the two slowest modes of the graph (Belkin and Niyogi 2003), found by repeated averaging over
 * neighbours, so that what belongs together begins together. Between -10 and 10.
 */
export async function spectralStart(
  { from, to, weight }: WeightedEdges,
  size: number,
  generator: Generator,
  breathe: Breath,
): Promise<Float64Array> {
  const root = new Float64Array(size);
  for (let edge = 0; edge < from.length; edge++) {
    root[from[edge]] += weight[edge];
    root[to[edge]] += weight[edge];
  }
  for (let row = 0; row < size; row++) root[row] = Math.sqrt(Math.max(root[row], 1e-12));
  // The mode that all rows share says nothing.
  const shared = root.slice();
  normalise(shared);
  const modes = [0, 1].map(() => Float64Array.from({ length: size }, () => generator.normal()));
  let next = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    for (let mode = 0; mode < modes.length; mode++) {
      const current = modes[mode];
      // Half of itself, so that modes that alternate die out.
      for (let row = 0; row < size; row++) next[row] = current[row];
      for (let edge = 0; edge < from.length; edge++) {
        const [a, b] = [from[edge], to[edge]];
        const share = weight[edge] / (root[a] * root[b]);
        next[a] += share * current[b];
        next[b] += share * current[a];
      }
      removePart(next, shared);
      for (let earlier = 0; earlier < mode; earlier++) removePart(next, modes[earlier]);
      normalise(next);
      modes[mode] = next;
      next = current;
    }
    await breathe();
  }
  const places = new Float64Array(2 * size);
  for (const [mode, values] of modes.entries()) {
    let most = 0;
    for (let row = 0; row < size; row++) most = Math.max(most, Math.abs(values[row] / root[row]));
    for (let row = 0; row < size; row++)
      places[2 * row + mode] = (10 * values[row]) / root[row] / (most || 1) + 1e-3 * generator.normal();
  }
  return places;
}

function removePart(values: Float64Array, direction: Float64Array): void {
  let part = 0;
  for (let row = 0; row < values.length; row++) part += values[row] * direction[row];
  for (let row = 0; row < values.length; row++) values[row] -= part * direction[row];
}

function normalise(values: Float64Array): void {
  let sum = 0;
  for (const value of values) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  for (let row = 0; row < values.length; row++) values[row] /= length;
}
