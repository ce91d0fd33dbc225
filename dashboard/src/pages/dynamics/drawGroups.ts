import { starPath } from "../../charts/legend.js";
import type { MarkGroup } from "./mapLayers.js";
import type { MapLayout } from "./mapLayout.js";

const slant = Math.SQRT1_2;

/** Draws groups of marks on a canvas, each group with one fill: for some hundreds of them; see `createDotLayer` for all points of a map. */
export function drawGroups(
  canvas: CanvasRenderingContext2D,
  layout: MapLayout,
  groups: readonly MarkGroup[],
  growth = 1,
): void {
  for (const { points, shape, radius, colour, halo, lineWidth = 1.5 } of groups) {
    const path = new Path2D();
    const size = radius * growth;
    for (const point of points) {
      const [x, y] = [layout.xs[point], layout.ys[point]];
      const isInView = x > -size && y > -size && x < layout.width + size && y < layout.height + size;
      if (isInView) addMark(path, shape, x, y, size);
    }
    const isLine = shape !== "dot" && shape !== "star";
    if (halo !== undefined) {
      canvas.strokeStyle = halo.colour;
      canvas.lineWidth = (isLine ? lineWidth : 0) + 2 * halo.width;
      canvas.stroke(path);
    }
    if (isLine) {
      canvas.strokeStyle = colour;
      canvas.lineWidth = lineWidth;
      canvas.stroke(path);
    } else {
      canvas.fillStyle = colour;
      canvas.fill(path);
    }
  }
}

function addMark(path: Path2D, shape: MarkGroup["shape"], x: number, y: number, radius: number): void {
  if (shape === "star") path.addPath(new Path2D(starPath(x, y, radius)));
  else if (shape === "cross") {
    path.moveTo(x - radius, y - radius);
    path.lineTo(x + radius, y + radius);
    path.moveTo(x + radius, y - radius);
    path.lineTo(x - radius, y + radius);
  } else if (shape === "slash") {
    path.moveTo(x - slant * radius, y + slant * radius);
    path.lineTo(x + slant * radius, y - slant * radius);
  } else {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
}
