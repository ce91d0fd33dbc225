import type { ColourScale } from "../../charts/figureContent.js";
import { Legend, type LegendItem } from "../../charts/legend.js";

/** What the marks of the map mean. */
export function mapLegend({
  hasExcluded,
  hasFailed,
}: {
  readonly hasExcluded: boolean;
  readonly hasFailed: boolean;
}): readonly LegendItem[] {
  return [
    { label: "Evaluated", mark: "dot", colour: "map-evaluated" },
    { label: "Newest batch", mark: "dot", colour: "map-newest" },
    { label: "Candidate: among the best 100 predictions", mark: "ring", colour: "map-candidate" },
    { label: "Best so far", mark: "star", colour: "map-best" },
    ...(hasFailed ? [{ label: "Failed", mark: "cross", colour: "map-failed" } as const] : []),
    ...(hasExcluded ? [{ label: "Outside of the limits", mark: "slash", colour: "map-excluded" } as const] : []),
  ];
}

interface MapLegendProps {
  readonly items: readonly LegendItem[];
  /** Absent before there is a label. */
  readonly scale: ColourScale | undefined;
}

/** What the colours and marks of the map mean. */
export function MapLegend({ items, scale }: MapLegendProps) {
  return (
    <div class="map-legend">
      <Legend items={items} />
      {scale !== undefined && <Ramp {...scale} />}
    </div>
  );
}

function Ramp({ title, ramp, low, high }: ColourScale) {
  return (
    <div class="ramp">
      <span>{title}:</span>
      <span>{low}</span>
      <svg width="120" height="10" role="img" aria-label={`Colours from ${low} to ${high}`}>
        {ramp.map((colour, step) => (
          <rect key={colour} x={(step * 120) / ramp.length} width={120 / ramp.length + 0.5} height="10" fill={colour} />
        ))}
      </svg>
      <span>{high}</span>
    </div>
  );
}
