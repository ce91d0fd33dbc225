import { scaleLinear } from "d3-scale";
import { Axes, usualMargin } from "../../charts/axes.js";
import { EmptyMark } from "../../charts/emptyMark.js";
import { extentOf, quantileOf, roomyExtent } from "../../charts/extent.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import type { LegendItem } from "../../charts/legend.js";
import { thin } from "../../charts/thin.js";
import { axisLabel, formatNumber, formatTick, formatValue } from "../../format/numbers.js";
import { fileSlug } from "../../format/slug.js";
import { describeStudy } from "../../format/studyWords.js";
import { writeRoute } from "../../router.js";
import type { StudyTrials } from "./studyTrials.js";

const mostDots = 800;

/** What the model said of trials before they were evaluated, against what they then had. */
export function PredictedMeasured(study: StudyTrials) {
  return <Figure figure={predictedFigure(study)} />;
}

/** Whether any trial was predicted before it was evaluated. */
export function hasPredictions({ trials }: StudyTrials): boolean {
  return trials.predicted.some((value) => value !== null);
}

/** The same for the page and for files. */
export function predictedFigure({ view, trials }: StudyTrials): FigureContent {
  const label = view.quantities[0];
  const labels = trials.values[label.name] ?? [];
  const { predicted, doubt, decision, number } = trials;
  const places = number
    .map((_, place) => place)
    .filter((place) => predicted[place] !== null && labels[place] !== null && labels[place] !== undefined);
  const shown = thin(places, mostDots);
  const newest = places.reduce((most, place) => Math.max(most, decision[place]), 0);
  const pairs = places.flatMap((place) => [predicted[place]!, labels[place]!]);
  // A few trials far below would squeeze the rest into a corner.
  const floor = pairs.length > 20 ? quantileOf(pairs, 0.03) : -Infinity;
  const [low, high] = roomyExtent(extentOf(pairs.filter((value) => value >= floor)));
  const outside = places.filter((place) => Math.min(predicted[place]!, labels[place]!) < low).length;
  const errors = places.map((place) => labels[place]! - predicted[place]!);
  const meanError = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / Math.max(1, errors.length));
  const sure = places.filter((place) => doubt[place] !== null);
  const within = sure.filter((place) => Math.abs(labels[place]! - predicted[place]!) <= doubt[place]!).length;
  const legend: LegendItem[] = [
    { label: "Trial ± one standard deviation", mark: "dot", colour: "series-1" },
    ...(places.length === 0
      ? []
      : [{ label: `Newest decision (${newest})`, mark: "dot", colour: "series-2" } as const]),
    { label: "As predicted", mark: "dash", colour: "series-random" },
  ];
  return {
    title: "Predicted against measured",
    subject: describeStudy(view.row),
    name: fileSlug(view.row.name, "predicted-against-measured"),
    summary: `${places.length} trials that were predicted before they were evaluated; root mean square error ${formatNumber(meanError, 3)}.`,
    height: 300,
    legend,
    note:
      places.length === 0
        ? ""
        : `Predictions were made before the trial. Root mean square error ${formatNumber(meanError, 3)}${label.unit === "" ? "" : ` ${label.unit}`}${sure.length > 0 ? `; ${Math.round((100 * within) / sure.length)} % within one standard deviation (68 % if well calibrated)` : ""}.${outside > 0 ? ` ${outside} outside of the axes.` : ""}`,
    table: () => ({
      columns: ["trial", "decision", "predicted", "standard deviation", "measured"],
      rows: places.map((place) => [number[place], decision[place], predicted[place], doubt[place], labels[place]]),
    }),
    draw: (width, height) => {
      if (places.length === 0)
        return { content: <EmptyMark {...{ width, height }}>No predicted trial has a label yet.</EmptyMark> };
      const margin = usualMargin;
      const x = scaleLinear([low, high], [margin.left, width - margin.right]);
      const y = scaleLinear([low, high], [height - margin.bottom, margin.top]);
      const clamp = (value: number): number => Math.min(high, Math.max(low, value));
      const visible = shown.filter((place) => Math.min(predicted[place]!, labels[place]!) >= low);
      const kind = (place: number): string => (decision[place] === newest ? "series-2" : "series-1");
      return {
        targets: visible.map((place) => ({
          ...{ x: x(predicted[place]!), y: y(labels[place]!), title: `Trial ${number[place]}` },
          lines: [
            `predicted ${formatValue(predicted[place], label)}${doubt[place] === null ? "" : ` ± ${formatNumber(doubt[place], 2)}`}`,
            `measured ${formatValue(labels[place], label)}`,
          ],
          href: writeRoute({ page: "trial", name: view.row.name, number: number[place] }),
        })),
        content: (
          <>
            <Axes
              {...{ x, y, width, height, margin }}
              xLabel={`predicted ${axisLabel(label)}`}
              yLabel={`measured ${axisLabel(label)}`}
              xTick={(value) => formatTick(value, label)}
              yTick={(value) => formatTick(value, label)}
            />
            <line class="line is-dashed series-random" x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} />
            {visible
              .filter((place) => doubt[place] !== null)
              .map((place) => (
                <line
                  key={place}
                  class={`whisker ${kind(place)}`}
                  x1={x(clamp(predicted[place]! - doubt[place]!))}
                  x2={x(clamp(predicted[place]! + doubt[place]!))}
                  y1={y(labels[place]!)}
                  y2={y(labels[place]!)}
                />
              ))}
            {visible.map((place) => (
              <circle key={place} class={`dot ${kind(place)}`} cx={x(predicted[place]!)} cy={y(labels[place]!)} r="3" />
            ))}
          </>
        ),
      };
    },
  };
}
