import { starPath } from "../../charts/legend.js";
import type { MarkGroup } from "./mapLayers.js";
import type { MapLayout } from "./mapLayout.js";

/**
 * What is in view of the map as an SVG file: dots of one colour are one path of zero-length strokes, which keeps the file small.
 *
 * @param layout of the view
 */
export function writeMap(layout: MapLayout, groups: readonly MarkGroup[], paper: string, description: string): string {
  const { width, height } = layout;
  const body = groups.map((group) => writeGroup(layout, keepInView(layout, group))).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<desc>${escapeText(description)}</desc>
<rect width="100%" height="100%" fill="${escapeText(paper)}"/>
${body}
</svg>
`;
}

function keepInView({ width, height, xs, ys }: MapLayout, group: MarkGroup): MarkGroup {
  const reach = group.radius + (group.halo?.width ?? 0) + 1;
  const isInView = (point: number): boolean =>
    xs[point] > -reach && ys[point] > -reach && xs[point] < width + reach && ys[point] < height + reach;
  return { ...group, points: group.points.filter(isInView) };
}

function writeGroup(
  { xs, ys }: MapLayout,
  {
    points,
    shape,
    radius,
    colour,
    halo,
    lineWidth = shape === "slash" ? Math.max(0.9, 0.56 * radius) : 1.5,
  }: MarkGroup,
): string {
  const at = (point: number): readonly [number, number] => [Number(xs[point].toFixed(1)), Number(ys[point].toFixed(1))];
  const paint = escapeText(colour);
  if (points.length === 0) return "";
  if (shape === "dot") {
    const path = points.map((point) => `M${at(point).join(" ")}h0`).join("");
    const stroke = (ink: string, size: number): string =>
      `<path d="${path}" fill="none" stroke="${escapeText(ink)}" stroke-width="${size.toFixed(1)}" stroke-linecap="round"/>`;
    return `${halo === undefined ? "" : stroke(halo.colour, 2 * (radius + halo.width))}${stroke(colour, 2 * radius)}`;
  }
  const path = points.map((point) => markPath(shape, ...at(point), radius)).join("");
  const outline =
    halo === undefined
      ? ""
      : `<path d="${path}" fill="none" stroke="${escapeText(halo.colour)}" stroke-width="${(shape === "star" ? 0 : lineWidth) + 2 * halo.width}"/>`;
  return `${outline}<path d="${path}" ${shape === "star" ? `fill="${paint}"` : `fill="none" stroke="${paint}" stroke-width="${lineWidth}"`}/>`;
}

function markPath(shape: Exclude<MarkGroup["shape"], "dot">, x: number, y: number, r: number): string {
  if (shape === "star") return starPath(x, y, r);
  if (shape === "slash") {
    const reach = Number((r * Math.SQRT1_2).toFixed(2));
    return `M${Number((x - reach).toFixed(1))} ${Number((y + reach).toFixed(1))}l${2 * reach} ${-2 * reach}`;
  }
  return shape === "cross"
    ? `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x + r} ${y - r}l${-2 * r} ${2 * r}`
    : `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
