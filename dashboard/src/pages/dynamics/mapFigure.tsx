import type { MapFrame, MapView } from "../../../../src/view/contract.js";
import type { FigureContent } from "../../charts/figureContent.js";
import { formatValue } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { fileSlug } from "../../format/slug.js";
import { describeStudy } from "../../format/studyWords.js";
import { capital } from "../../format/words.js";
import type { StudyTrials } from "../study/studyTrials.js";
import { type Camera, wholeMap } from "./camera.js";
import type { MapColours } from "./mapColours.js";
import { baseGroups, growGroups, markGroups } from "./mapLayers.js";
import { layOutMap, layOutView } from "./mapLayout.js";
import { mapLegend } from "./mapLegend.js";
import { MapMarks } from "./mapMarks.js";
import type { MapState } from "./mapState.js";
import { mapTable } from "./mapTable.js";
import { shownWords } from "./mapWords.js";

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
  /** The architecture at each point, as far as they are known. */
  readonly texts?: readonly string[];
  /** What of the map is in view; all of it where absent. */
  readonly camera?: Camera;
}

/** Nearly square on a phone, and never higher than a screen. */
export function mapHeight(width: number): number {
  return Math.round(Math.max(300, Math.min(680, width * (width < 560 ? 1 : 0.68))));
}

/** The map for a file, and its words and numbers for the page, which draws it on a canvas. */
export function mapFigure(input: MapFigureInput): FigureContent {
  const { view, trials, map, frame, decision, state, colourBy, range, ramp, colours } = input;
  const { texts = [], camera = wholeMap } = input;
  const label = view.quantities[0];
  const excluded = map.excluded ?? [];
  const shown = shownWords(map);
  return {
    title: "Map of the space",
    subject: `${describeStudy(view.row)}, after decision ${decision} of ${map.decisions}`,
    name: fileSlug(view.row.name, map.method, "decision", String(decision)),
    summary: `Map of ${shown}. After decision ${decision} of ${map.decisions}: ${state.labels.size} evaluated, ${state.newest.length} of them new, ${state.failed.length} failed.${camera.zoom === 1 ? "" : " A part of the map."}`,
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
    table: () => mapTable({ map, frame, trials, state, labelName: label.name, texts }),
    draw: (width, height) => {
      const layout = layOutMap(map, width, height);
      const groups = { layout, predicted: frame?.predicted, excluded, state, range, ramp, colours, colourBy };
      const marks = growGroups([...baseGroups(groups), ...markGroups(groups)], camera.zoom);
      return { content: <MapMarks layout={layOutView(layout, camera)} groups={marks} /> };
    },
  };
}
