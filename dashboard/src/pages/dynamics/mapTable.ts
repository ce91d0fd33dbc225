import type { MapFrame, MapView, TrialColumns } from "../../../../src/view/contract.js";
import type { Table } from "../../format/csv.js";
import type { MapState } from "./mapState.js";

interface MapTableSources {
  readonly map: MapView;
  readonly frame: MapFrame | undefined;
  readonly trials: TrialColumns;
  readonly state: MapState;
  readonly labelName: string;
  /** The architecture at each point, as far as they are known. */
  readonly texts: readonly string[];
}

/** All points of a map as a table, whatever is in view. */
export function mapTable({ map, frame, trials, state, labelName, texts }: MapTableSources): Table {
  const isOut = new Set(map.excluded);
  const hasLimits = map.excluded !== undefined;
  return {
    columns: [
      ...["x", "y", "trial", "decision", "predicted", labelName],
      ...(hasLimits ? ["within the limits"] : []),
      "architecture",
    ],
    rows: map.x.map((x, point) => {
      const number = map.trial[point];
      const place = number - (trials.number[0] ?? 0);
      const isTrial = number >= 0;
      return [
        ...[x, map.y[point], isTrial ? number : null, isTrial ? trials.decision[place] : null],
        ...[frame?.predicted?.[point], state.labels.get(point)],
        ...(hasLimits ? [isOut.has(point) ? 0 : 1] : []),
        texts[point] ?? (isTrial ? trials.architecture[place] : null),
      ];
    }),
  };
}
