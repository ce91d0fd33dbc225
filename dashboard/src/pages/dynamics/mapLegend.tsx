import type { Quantity } from "../../../../src/view/contract.js";
import { Legend, type LegendItem } from "../../charts/legend.js";
import { formatValue } from "../../format/numbers.js";

interface MapLegendProps {
  readonly ramp: readonly string[];
  readonly range: readonly [number, number];
  readonly label: Quantity;
  readonly colourBy: "predicted" | "measured";
  readonly hasExcluded: boolean;
  readonly hasFailed: boolean;
}

/** What the colours and marks of the map mean. */
export function MapLegend({ ramp, range, label, colourBy, hasExcluded, hasFailed }: MapLegendProps) {
  const items: LegendItem[] = [
    { label: "Evaluated", mark: "dot", colour: "map-evaluated" },
    { label: "Newest batch", mark: "dot", colour: "map-newest" },
    { label: "Candidate", mark: "ring", colour: "map-candidate" },
    { label: "Best so far", mark: "star", colour: "map-best" },
    ...(hasFailed ? [{ label: "Failed", mark: "cross", colour: "map-failed" } as const] : []),
    ...(hasExcluded ? [{ label: "Outside of the limits", mark: "slash", colour: "map-excluded" } as const] : []),
  ];
  return (
    <div class="map-legend">
      <Legend items={items} />
      <div class="ramp" title={`Colour: ${colourBy} ${label.name}`}>
        <span>{formatValue(range[0], label)}</span>
        <svg
          width="120"
          height="10"
          role="img"
          aria-label={`Colours from ${formatValue(range[0], label)} to ${formatValue(range[1], label)}`}
        >
          {ramp.map((colour, step) => (
            <rect
              key={colour}
              x={(step * 120) / ramp.length}
              width={120 / ramp.length + 0.5}
              height="10"
              fill={colour}
            />
          ))}
        </svg>
        <span>{formatValue(range[1], label)}</span>
      </div>
    </div>
  );
}
