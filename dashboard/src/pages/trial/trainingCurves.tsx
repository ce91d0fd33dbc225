import { scaleLinear } from "d3-scale";
import { useState } from "preact/hooks";
import type { TrialView } from "../../../../src/view/contract.js";
import { Axes, usualMargin } from "../../charts/axes.js";
import { extentOf, roomyExtent } from "../../charts/extent.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import { brokenPath, lonePoints } from "../../charts/paths.js";
import type { Target } from "../../charts/targets.js";
import { formatNumber, formatTick } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { fileSlug } from "../../format/slug.js";
import { Choice } from "../../parts/choice.js";

interface TrainingCurvesProps {
  readonly study: string;
  readonly trial: TrialView;
}

/** Series over epochs. Losses and accuracies do not share an axis, so one group is shown at a time. */
export function TrainingCurves({ study, trial }: TrainingCurvesProps) {
  const groups = groupCurves(trial.curves);
  const names = Object.keys(groups);
  const [wanted, setWanted] = useState(names[0] ?? "");
  const name = groups[wanted] === undefined ? names[0] : wanted;
  if (name === undefined) {
    return (
      <section class="card panel">
        <header class="figure-head">
          <h3>Training curve</h3>
        </header>
        <p class="note">Its evaluation reported no series over epochs.</p>
      </section>
    );
  }
  return (
    <Figure
      figure={trainingFigure({ study, trial }, name, groups[name])}
      controls={
        names.length > 1 && (
          <Choice
            label="Show"
            value={name}
            options={names.map((each) => [each, plainName(each)])}
            onChange={setWanted}
          />
        )
      }
    />
  );
}

/** The same for the page and for files: the curves of a group, which share an axis. */
export function trainingFigure(
  { study, trial }: TrainingCurvesProps,
  name: string,
  shown: readonly string[],
): FigureContent {
  const [low, high] = roomyExtent(extentOf(...shown.map((curve) => trial.curves[curve])));
  const longest = shown.reduce((most, curve) => Math.max(most, trial.curves[curve].length), 2);
  return {
    title: "Training curve",
    subject: plainName(`${study}, trial ${trial.number}`),
    name: fileSlug(study, "trial", String(trial.number), name),
    summary: shown
      .map(
        (curve) =>
          `${plainName(curve)} ends at ${formatNumber(trial.curves[curve].at(-1))} after ${trial.curves[curve].length} epochs`,
      )
      .join("; "),
    height: 280,
    legend: shown.map((curve, index) => ({
      label: plainName(curve),
      mark: index === 0 ? "line" : "dash",
      colour: `series-${(index % 6) + 1}`,
    })),
    table: () => ({
      columns: ["epoch", ...shown],
      rows: Array.from({ length: longest }, (_, epoch) => [
        epoch + 1,
        ...shown.map((curve) => trial.curves[curve][epoch]),
      ]),
    }),
    draw: (width, height) => {
      const margin = usualMargin;
      const x = scaleLinear([1, longest], [margin.left, width - margin.right]);
      const y = scaleLinear([low, high], [height - margin.bottom, margin.top]);
      const targets: Target[] = shown.flatMap((curve) =>
        trial.curves[curve].flatMap((value, epoch) =>
          value === null
            ? []
            : [
                {
                  x: x(epoch + 1),
                  y: y(value),
                  title: formatNumber(value),
                  lines: [`${plainName(curve)}, epoch ${epoch + 1}`],
                },
              ],
        ),
      );
      return {
        targets,
        content: (
          <>
            <Axes
              {...{ x, y, width, height, margin }}
              xTicks={x.ticks(Math.min(longest, 8)).filter((tick) => Number.isInteger(tick))}
              xLabel="epoch"
              yLabel={name}
              xTick={(value) => formatTick(value, undefined)}
              yTick={(value) => formatTick(value, undefined)}
            />
            {shown.map((curve, index) => (
              <path
                key={curve}
                class={`line series-${(index % 6) + 1}${index === 0 ? "" : " is-dashed"}`}
                d={brokenPath(trial.curves[curve], (epoch) => x(epoch + 1), y)}
              />
            ))}
            {shown.flatMap((curve, index) =>
              lonePoints(trial.curves[curve]).map((epoch) => (
                <circle
                  key={`${curve} ${epoch}`}
                  class={`dot series-${(index % 6) + 1}`}
                  cx={x(epoch + 1)}
                  cy={y(trial.curves[curve][epoch]!)}
                  r="3"
                />
              )),
            )}
          </>
        ),
      };
    },
  };
}

/** Curves by the last word of their name: training and validation loss share an axis. Curves without values are left out. */
export function groupCurves(curves: TrialView["curves"]): Readonly<Record<string, readonly string[]>> {
  const groups: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(curves)) {
    if (!values.some((value) => value !== null)) continue;
    const words = name
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .split(/[\s_.:/-]+/);
    const kind = words.find((word) => /^(loss|accuracy|acc|error|lr|rate)$/.test(word)) ?? name;
    groups[kind] = [...(groups[kind] ?? []), name];
  }
  return groups;
}
