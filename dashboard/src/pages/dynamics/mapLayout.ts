import type { MapView } from "../../../../src/view/contract.js";
import { type Camera, toView } from "./camera.js";

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

/** The same points where they lie in a view of the map. */
export function layOutView(layout: MapLayout, camera: Camera): MapLayout {
  const { width, height, radius } = layout;
  const { zoom } = camera;
  const corner = toView(camera, { x: 0, y: 0 });
  const [left, top] = [corner.x * width, corner.y * height];
  const xs = new Float32Array(layout.xs.length);
  const ys = new Float32Array(layout.ys.length);
  for (let point = 0; point < xs.length; point++) {
    xs[point] = layout.xs[point] * zoom + left;
    ys[point] = layout.ys[point] * zoom + top;
  }
  return { width, height, xs, ys, radius };
}

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
