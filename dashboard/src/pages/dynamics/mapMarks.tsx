import { starPath } from "../../charts/legend.js";
import type { MarkGroup } from "./mapLayers.js";
import type { MapLayout } from "./mapLayout.js";

interface MapMarksProps {
  readonly layout: MapLayout;
  readonly groups: readonly MarkGroup[];
}

/** The marks of a map in a file: dots of one colour are one path of zero-length strokes, which keeps the file small. */
export function MapMarks({ layout, groups }: MapMarksProps) {
  return groups.map((group, index) => <Marks key={index} layout={layout} group={group} />);
}

function Marks({ layout: { xs, ys }, group }: { readonly layout: MapLayout; readonly group: MarkGroup }) {
  const { points, shape, radius, colour, halo, lineWidth = 1.5 } = group;
  const at = (point: number): readonly [number, number] => [Number(xs[point].toFixed(1)), Number(ys[point].toFixed(1))];
  if (shape === "dot") {
    const path = points.map((point) => `M${at(point).join(" ")}h0`).join("");
    const dots = (ink: string, size: number) => (
      <path d={path} fill="none" stroke={ink} stroke-width={size.toFixed(1)} stroke-linecap="round" />
    );
    return (
      <>
        {halo !== undefined && dots(halo.colour, 2 * (radius + halo.width))}
        {dots(colour, 2 * radius)}
      </>
    );
  }
  const path = points.map((point) => markPath(shape, ...at(point), radius)).join("");
  const isStar = shape === "star";
  return (
    <>
      {halo !== undefined && (
        <path d={path} fill="none" stroke={halo.colour} stroke-width={(isStar ? 0 : lineWidth) + 2 * halo.width} />
      )}
      {isStar ? (
        <path d={path} fill={colour} />
      ) : (
        <path d={path} fill="none" stroke={colour} stroke-width={lineWidth} />
      )}
    </>
  );
}

function markPath(shape: "ring" | "cross" | "star", x: number, y: number, radius: number): string {
  if (shape === "star") return starPath(x, y, radius);
  const r = Number(radius.toFixed(2));
  const [left, right, top] = [x - r, x + r, y - r].map((value) => Number(value.toFixed(2)));
  return shape === "cross"
    ? `M${left} ${top}l${2 * r} ${2 * r}M${right} ${top}l${-2 * r} ${2 * r}`
    : `M${left} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}
