import type { MapView } from "../../../../src/view/contract.js";

/** Where the points lie on a canvas, in pixels of the page. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Radius of a point that was not evaluated. */
  readonly radius: number;
}

const room = 14;

/** Both axes are stretched to fill the canvas: neither UMAP nor t-SNE gives lengths a meaning across the map. */
export function layOutMap(map: MapView, width: number, height: number): MapLayout {
  const count = map.x.length;
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  for (let point = 0; point < count; point++) {
    xs[point] = room + map.x[point] * (width - 2 * room);
    ys[point] = room + (1 - map.y[point]) * (height - 2 * room);
  }
  const radius = Math.max(0.9, Math.min(4, Math.sqrt((width * height) / Math.max(1, count)) * 0.3));
  return { width, height, xs, ys, radius };
}
