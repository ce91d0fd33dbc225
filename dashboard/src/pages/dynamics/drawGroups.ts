import { starPath } from "../../charts/legend.js";
import type { MarkGroup } from "./mapLayers.js";
import type { MapLayout } from "./mapLayout.js";

/** Draws groups of marks on a canvas, each group with one fill: 15,625 points take a few milliseconds. */
export function drawGroups(
  canvas: CanvasRenderingContext2D,
  layout: MapLayout,
  groups: readonly MarkGroup[],
  growth = 1,
): void {
  for (const { points, shape, radius, colour, halo, lineWidth = 1.5 } of groups) {
    const path = new Path2D();
    const size = radius * growth;
    for (const point of points) addMark(path, shape, layout.xs[point], layout.ys[point], size);
    const isLine = shape === "ring" || shape === "cross";
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
  } else {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
}
