import type { MapFrame, MapView } from "../../../../src/view/contract.js";
import type { FigureContent } from "../../charts/figureContent.js";
import { formatCount, formatValue, groupDigits } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { fileSlug } from "../../format/slug.js";
import { describeStudy } from "../../format/studyWords.js";
import { capital } from "../../format/words.js";
import type { StudyTrials } from "../study/studyTrials.js";
import type { MapColours } from "./mapColours.js";
import { baseGroups, markGroups } from "./mapLayers.js";
import { layOutMap } from "./mapLayout.js";
import { mapLegend } from "./mapLegend.js";
import { MapMarks } from "./mapMarks.js";
import type { MapState } from "./mapState.js";

/** Everything that decides how a map looks after a decision. */
export interface MapFigureInput extends StudyTrials {
  readonly map: MapView;
  readonly frame: MapFrame | undefined;
  readonly decision: number;
  readonly state: MapState;
  readonly colourBy: "predicted" | "measured";
  readonly range: readonly [number, number];
  readonly ramp: readonly string[];
  readonly colours: MapColours;
}

/** Nearly square on a phone, and never higher than a screen. */
export function mapHeight(width: number): number {
  return Math.round(Math.max(300, Math.min(680, width * (width < 560 ? 1 : 0.68))));
}

/** The map for a file, and its words and numbers for the page, which draws it on a canvas. */
export function mapFigure(input: MapFigureInput): FigureContent {
  const { view, trials, map, frame, decision, state, colourBy, range, ramp, colours } = input;
  const label = view.quantities[0];
  const excluded = map.excluded ?? [];
  const shown = describeShown(map);
  return {
    title: "Map of the space",
    subject: `${describeStudy(view.row)}, after decision ${decision} of ${map.decisions}`,
    name: fileSlug(view.row.name, map.method, "decision", String(decision)),
    summary: `Map of ${shown}. After decision ${decision} of ${map.decisions}: ${state.labels.size} evaluated, ${state.newest.length} of them new, ${state.failed.length} failed.`,
    note: `${capital(shown)}, near each other where ${map.method} finds them alike. Colour: ${colourBy === "predicted" ? `what a ${plainName(map.predictor)} fitted to the labels known after this decision predicts; evaluated points show their label.` : "the label of evaluated points."} Directions and distances across the map have no meaning.`,
    legend: mapLegend({ hasExcluded: excluded.length > 0, hasFailed: state.failed.length > 0 }),
    ...(state.labels.size === 0
      ? {}
      : {
          scale: {
            title: `${capital(colourBy)} ${label.name}`,
            ramp,
            low: formatValue(range[0], label),
            high: formatValue(range[1], label),
          },
        }),
    height: mapHeight,
    table: () => ({
      columns: ["x", "y", "trial", "decision", "predicted", label.name, "architecture"],
      rows: map.x.map((x, point) => {
        const place = map.trial[point] - (trials.number[0] ?? 0);
        const isKnown = map.trial[point] >= 0;
        return [
          ...[x, map.y[point], isKnown ? map.trial[point] : null, isKnown ? trials.decision[place] : null],
          ...[
            frame?.predicted?.[point],
            state.labels.get(point),
            map.architectures?.[point] ?? (isKnown ? trials.architecture[place] : null),
          ],
        ];
      }),
    }),
    draw: (width, height) => {
      const layout = layOutMap(map, width, height);
      const groups = { layout, predicted: frame?.predicted, excluded, state, range, ramp, colours, colourBy };
      return { content: <MapMarks layout={layout} groups={[...baseGroups(groups), ...markGroups(groups)]} /> };
    },
  };
}

function describeShown(map: MapView): string {
  return map.isWhole
    ? `all ${groupDigits(map.size)} architectures`
    : `${formatCount(map.x.length)} of ${groupDigits(map.size)} architectures: a sample and everything evaluated`;
}
