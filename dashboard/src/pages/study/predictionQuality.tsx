import { scaleLinear } from "d3-scale";
import type { StudyView } from "../../../../src/view/contract.js";
import { Axes, usualMargin } from "../../charts/axes.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import type { LegendItem } from "../../charts/legend.js";
import { brokenPath } from "../../charts/paths.js";
import type { Target } from "../../charts/targets.js";
import { formatTick } from "../../format/numbers.js";
import { fileSlug } from "../../format/slug.js";
import { describeStudy } from "../../format/studyWords.js";

const legend: readonly LegendItem[] = [
  { label: "Kendall's tau, last 20 predicted trials", mark: "line", colour: "series-1" },
  { label: "Share of the final best ten found", mark: "dash", colour: "series-3" },
];

/** How well the model ranked new trials before they were evaluated, and how much of the best was found by then. */
export function PredictionQualityFigure({ view }: { readonly view: StudyView }) {
  return <Figure figure={qualityFigure(view)} />;
}

/** The same for the page and for files. The study has a decision. */
export function qualityFigure({ quality, row }: StudyView): FigureContent {
  const taus = quality.map(({ tau }) => tau);
  const last = quality.at(-1)!;
  const lowest = taus.reduce<number>((least, tau) => Math.min(least, tau ?? 0), 0);
  return {
    title: "Prediction quality",
    subject: describeStudy(row),
    name: fileSlug(row.name, "prediction-quality"),
    summary: `Kendall's tau on new trials is ${last.tau?.toFixed(2) ?? "not known"} at decision ${last.decision}; ${Math.round(100 * last.recallOfBestTen)} % of the best ten were found by then.`,
    height: 300,
    legend,
    note: "Tau compares predictions with labels of trials that the model had not seen: 1 is the same order, 0 is none. The dashed line is the share of the ten trials with the best labels that had been evaluated by then.",
    table: () => ({
      columns: ["decision", "trials compared", "tau", "recall of best ten"],
      rows: quality.map(({ decision, count, tau, recallOfBestTen }) => [decision, count, tau, recallOfBestTen]),
    }),
    draw: (width, height) => {
      const margin = usualMargin;
      const decisions = quality.map(({ decision }) => decision);
      const x = scaleLinear(
        [decisions[0], Math.max(decisions[0] + 1, last.decision)],
        [margin.left, width - margin.right],
      );
      const y = scaleLinear([Math.min(0, Math.floor(lowest * 5) / 5), 1], [height - margin.bottom, margin.top]);
      const targets: Target[] = quality.flatMap(({ decision, tau, recallOfBestTen, count }) => [
        ...(tau === null
          ? []
          : [
              {
                x: x(decision),
                y: y(tau),
                title: `tau ${tau.toFixed(2)}`,
                lines: [`decision ${decision}, ${count} trials`],
              },
            ]),
        {
          x: x(decision),
          y: y(recallOfBestTen),
          title: `${Math.round(100 * recallOfBestTen)} % of the best ten`,
          lines: [`by decision ${decision}`],
        },
      ]);
      return {
        targets,
        content: (
          <>
            <Axes
              {...{ x, y, width, height, margin }}
              xTicks={x
                .ticks(Math.min(decisions.length, Math.floor(width / 80)))
                .filter((tick) => Number.isInteger(tick))}
              xLabel="decision"
              yLabel="tau, share"
              xTick={(value) => formatTick(value, undefined)}
              yTick={(value) => value.toFixed(1).replace("-", "\u2212")}
            />
            <path
              class="line is-dashed series-3"
              d={brokenPath(
                quality.map(({ recallOfBestTen }) => recallOfBestTen),
                (index) => x(decisions[index]),
                y,
              )}
            />
            {quality.length === 1 && (
              <circle class="dot series-3" cx={x(decisions[0])} cy={y(quality[0].recallOfBestTen)} r="2.6" />
            )}
            <path class="line series-1" d={brokenPath(taus, (index) => x(decisions[index]), y)} />
            {quality.length <= 60 &&
              quality.map(
                ({ decision, tau }) =>
                  tau !== null && <circle key={decision} class="dot series-1" cx={x(decision)} cy={y(tau)} r="2.6" />,
              )}
          </>
        ),
      };
    },
  };
}
