import type { Matrix } from "../../kernels/matrix.js";
import type { Generator } from "../../random/index.js";
import type { MapView } from "../contract.js";
import type { Breath } from "./breath.js";
import { distinctRows } from "./distinctRows.js";
import { findNearest } from "./nearest.js";
import { layOutTsne, TSNE_NEIGHBOURS } from "./tsne.js";
import { layOutUmap, UMAP_NEIGHBOURS } from "./umap.js";

/** Coordinates of a map, between 0 and 1, four digits. */
export interface Layout {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Counts up whenever the same rows give another layout. */
export const LAYOUT_VERSION = 1;
/** How far equal rows stand from each other, as a share of the map. */
const STEP = 0.0011;
/** Cosine and sine of the golden angle, by which the seeds of a sunflower turn: no two stand behind each other. */
const [COSINE, SINE] = [-0.7373688780783197, 0.6754902942615238];

/**
 * Lays rows out in two dimensions, near where they are alike. Equal rows stand around one place, as the seeds of a sunflower. Takes
 * seconds; others get their turn in between.
 */
export async function layOut(
  rows: Matrix,
  method: MapView["method"],
  generator: Generator,
  breathe: Breath,
): Promise<Layout> {
  const { matrix, placeOf } = distinctRows(rows);
  const nearest = await findNearest(matrix, method === "UMAP" ? UMAP_NEIGHBOURS - 1 : TSNE_NEIGHBOURS, breathe);
  const places = await (method === "UMAP" ? layOutUmap : layOutTsne)(nearest, generator, breathe);
  return spreadEqual(places, placeOf);
}

function spreadEqual(places: Float64Array, placeOf: Int32Array): Layout {
  const [left, width] = rangeOf(places, 0);
  const [bottom, height] = rangeOf(places, 1);
  const seen = new Int32Array(places.length / 2);
  const x: number[] = [];
  const y: number[] = [];
  for (const place of placeOf) {
    const seed = seen[place]++;
    // On a spiral each seed has the same room.
    const radius = STEP * Math.sqrt(seed);
    const [turnX, turnY] = turn(seed);
    x.push(round(0.02 + (0.96 * (places[2 * place] - left)) / width + radius * turnX));
    y.push(round(0.02 + (0.96 * (places[2 * place + 1] - bottom)) / height + radius * turnY));
  }
  return { x, y };
}

const turns: (readonly [number, number])[] = [[1, 0]];

function turn(seed: number): readonly [number, number] {
  while (turns.length <= seed) {
    const [x, y] = turns[turns.length - 1];
    turns.push([COSINE * x - SINE * y, SINE * x + COSINE * y]);
  }
  return turns[seed];
}

/** Where the middle 99.8 % of the coordinates lie: some rows that are far off must not press all others together. */
function rangeOf(places: Float64Array, axis: number): [start: number, length: number] {
  const sorted = places.filter((_, i) => i % 2 === axis).sort();
  const margin = Math.floor(0.001 * sorted.length);
  const [start, end] = [sorted[margin], sorted[sorted.length - 1 - margin]];
  return [start, end - start || 1];
}

function round(value: number): number {
  return Math.round(1e4 * Math.min(1, Math.max(0, value))) / 1e4;
}
