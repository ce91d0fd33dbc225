import { scaleLinear } from "d3-scale";
import { useState } from "preact/hooks";
import type { TrialColumns } from "../../../../src/view/contract.js";
import { Axes, usualMargin } from "../../charts/axes.js";
import { EmptyMark } from "../../charts/emptyMark.js";
import { extentOf, quantileOf, roomyExtent } from "../../charts/extent.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import type { LegendItem } from "../../charts/legend.js";
import { bandPath, cutBand, middlePath, stepPath } from "../../charts/paths.js";
import { queryScale } from "../../charts/queryScale.js";
import type { Target } from "../../charts/targets.js";
import { thin } from "../../charts/thin.js";
import { axisLabel, formatTick, formatValue } from "../../format/numbers.js";
import { fileSlug } from "../../format/slug.js";
import { describeStudy } from "../../format/studyWords.js";
import { countWords } from "../../format/words.js";
import { Toggle } from "../../parts/choice.js";
import { writeRoute } from "../../router.js";
import type { StudyTrials } from "./studyTrials.js";

/** More dots than this make a figure slow and say nothing more. */
const mostDots = 1500;

/** The best label so far against queries, with every trial, and what random search reaches. */
export function BestSoFar({ view, trials }: StudyTrials) {
  const [isLog, setLog] = useState(false);
  return (
    <Figure
      figure={bestSoFarFigure({ view, trials }, isLog)}
      controls={<Toggle label="log queries" isOn={isLog} onChange={setLog} />}
    />
  );
}

/** The same for the page and for files. */
export function bestSoFarFigure({ view, trials }: StudyTrials, isLog: boolean): FigureContent {
  const { row, improvements, quantities } = view;
  const label = quantities[0];
  const labels = trials.values[label.name] ?? [];
  const done = trials.number
    .map((_, place) => place)
    .filter((place) => labels[place] !== null && labels[place] !== undefined);
  const last = trials.number.length;
  const random =
    view.randomSearch === undefined
      ? undefined
      : cutBand(view.randomSearch, Math.max(last, Math.min(row.budget, 2 * last)));
  const steps = improvements.map(({ number, label: value }) => [number + 1, value] as const);
  const values = done.map((place) => labels[place]!);
  // Bad trials would flatten the curves: the axis begins where the curves do, or at the lower quarter of trials.
  const focus = extentOf(
    improvements.map(({ label: value }) => value),
    random?.low.slice(4) ?? [],
    random?.high ?? [],
    values.length > 0 ? [quantileOf(values, 0.25)] : [],
  );
  const [low, high] = roomyExtent(focus);
  const below = values.filter((value) => value < low).length;
  const shown = thin(
    done.filter((place) => labels[place]! >= low),
    mostDots,
  );
  const legend: LegendItem[] = [
    { label: "Best so far", mark: "line", colour: "series-1" },
    { label: "Trial", mark: "dot", colour: "trial-colour" },
    ...(random === undefined
      ? []
      : [{ label: "Random search, mean and middle 90 %", mark: "band", colour: "series-random" } as const]),
  ];
  return {
    title: "Best so far",
    subject: describeStudy(row),
    name: fileSlug(row.name, "best-so-far"),
    summary: `Best ${label.name} so far against queries: ${improvements
      .map(({ number, label: value }) => `${formatValue(value, label)} after ${number + 1}`)
      .slice(-5)
      .join(", ")}.`,
    height: 300,
    legend,
    note: [
      below > 0 ? `${countWords(below, "trial")} below the axis.` : "",
      done.length - below > mostDots
        ? `${countWords(mostDots, "trial")} of ${countWords(done.length, "trial")} drawn.`
        : "",
    ].join(" "),
    table: () => ({
      columns: ["trial", label.name, "best so far"],
      rows: bestRows(trials, labels),
    }),
    draw: (width, height) => {
      if (done.length === 0 && random === undefined)
        return { content: <EmptyMark {...{ width, height }}>No trial has a label yet.</EmptyMark> };
      const margin = usualMargin;
      const most = Math.max(last, random?.queries.at(-1) ?? 0);
      const x = queryScale(isLog, most, margin.left, width - margin.right);
      const y = scaleLinear([low, high], [height - margin.bottom, margin.top]);
      const targets: Target[] = [
        ...improvements.map(({ number, label: value }) => ({
          ...{ x: x(number + 1), y: y(value), title: formatValue(value, label) },
          ...{ lines: [`best from trial ${number} on`], href: writeRoute({ page: "trial", name: row.name, number }) },
        })),
        ...shown.map((place) => ({
          ...{ x: x(trials.number[place] + 1), y: y(labels[place]!), title: formatValue(labels[place], label) },
          ...{
            lines: [`trial ${trials.number[place]}`],
            href: writeRoute({ page: "trial", name: row.name, number: trials.number[place] }),
          },
        })),
      ];
      return {
        targets,
        content: (
          <>
            <Axes
              {...{ x, y, width, height, margin }}
              xLabel="queries"
              yLabel={axisLabel(label)}
              xTick={(value) => formatTick(value, undefined)}
              yTick={(value) => formatTick(value, label)}
            />
            {random !== undefined && random.queries.length > 0 && (
              <>
                <clipPath id="best-clip">
                  <rect
                    {...{ x: margin.left, y: margin.top }}
                    width={Math.max(0, width - margin.left - margin.right)}
                    height={height - margin.top - margin.bottom}
                  />
                </clipPath>
                <g clip-path="url(#best-clip)">
                  <path class="band series-random" d={bandPath(random, x, y)} />
                  <path class="line is-thin series-random" d={middlePath(random, x, y)} />
                </g>
              </>
            )}
            {shown.map((place) => (
              <circle
                key={place}
                class="dot trial-colour"
                cx={x(trials.number[place] + 1)}
                cy={y(labels[place]!)}
                r="2.2"
              />
            ))}
            <path class="line series-1" d={stepPath(steps, x, (value) => y(Math.max(low, value)), last)} />
            {improvements
              .filter(({ label: value }) => value >= low)
              .map(({ number, label: value }) => (
                <circle key={`best ${number}`} class="dot series-1" cx={x(number + 1)} cy={y(value)} r="3.2" />
              ))}
          </>
        ),
      };
    },
  };
}

function* bestRows(trials: TrialColumns, labels: readonly (number | null)[]): Generator<(number | null)[]> {
  let best: number | null = null;
  for (let place = 0; place < trials.number.length; place++) {
    const value = labels[place] ?? null;
    if (value !== null && (best === null || value > best)) best = value;
    yield [trials.number[place], value, best];
  }
}
