import type { NearestRows } from "./nearest.js";

/** Weighted edges between rows, each once, from the smaller to the larger row number. */
export interface WeightedEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
}

const SEARCH_STEPS = 64;

/**
 * The fuzzy graph of UMAP (McInnes, Healy and Melville 2018): how strongly each row belongs with its nearest, exp(-(d - nearest) / width),
 * where the widths give every row the same sum log2(count); both directions are joined by a + b - ab.
 */
export function fuzzyGraph({ count, indices, distances }: NearestRows): WeightedEdges {
  const size = count === 0 ? 0 : indices.length / count;
  const strength = new Float64Array(indices.length);
  // The row itself counts as one of its neighbours, as in the publication.
  const wanted = Math.log2(count + 1);
  for (let row = 0; row < size; row++) {
    const start = row * count;
    const nearest = distances[start];
    const width = findWidth(distances, start, count, nearest, wanted);
    for (let i = start; i < start + count; i++) strength[i] = Math.exp(-Math.max(0, distances[i] - nearest) / width);
  }
  return joinDirections(count, size, indices, strength);
}

function findWidth(distances: Float64Array, start: number, count: number, nearest: number, wanted: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let width = 1;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    for (let i = start; i < start + count; i++) sum += Math.exp(-Math.max(0, distances[i] - nearest) / width);
    if (Math.abs(sum - wanted) < 1e-5) break;
    if (sum > wanted) {
      high = width;
      width = (low + high) / 2;
    } else {
      low = width;
      width = high === Number.POSITIVE_INFINITY ? width * 2 : (low + high) / 2;
    }
  }
  // Where all neighbours are as near as the nearest there is no width.
  return Math.max(width, 1e-3);
}

function joinDirections(count: number, size: number, indices: Int32Array, strength: Float64Array): WeightedEdges {
  const back = (row: number, other: number): number => {
    for (let i = other * count; i < (other + 1) * count; i++) if (indices[i] === row) return strength[i];
    return -1;
  };
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let i = row * count; i < (row + 1) * count; i++) {
      const other = indices[i];
      const returned = back(row, other);
      if (returned >= 0 && other < row) continue;
      const answer = Math.max(0, returned);
      from.push(Math.min(row, other));
      to.push(Math.max(row, other));
      weight.push(strength[i] + answer - strength[i] * answer);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), weight: Float64Array.from(weight) };
}
