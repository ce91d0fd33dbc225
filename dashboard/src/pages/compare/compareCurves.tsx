import { scaleLinear } from "d3-scale";
import { useState } from "preact/hooks";
import type { CompareView } from "../../../../src/view/contract.js";
import { Axes, usualMargin } from "../../charts/axes.js";
import { extentOf, roomyExtent } from "../../charts/extent.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import { bandPath, middlePath } from "../../charts/paths.js";
import { queryScale } from "../../charts/queryScale.js";
import type { Target } from "../../charts/targets.js";
import { thin } from "../../charts/thin.js";
import { axisLabel, formatTick, formatValue } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { countWords } from "../../format/words.js";
import { Toggle } from "../../parts/choice.js";
import { groupStyle } from "./groupStyle.js";

/** Best label so far against queries, one curve for each group. */
export function CompareCurves({ view }: { readonly view: CompareView }) {
  const [isLog, setLog] = useState(true);
  return (
    <Figure
      figure={curvesFigure(view, isLog)}
      controls={<Toggle label="log queries" isOn={isLog} onChange={setLog} />}
    />
  );
}

/** The same for the page and for files. */
export function curvesFigure(view: CompareView, isLog: boolean): FigureContent {
  const { groups, label, target } = view;
  const curves = groups.map(({ curve }) => curve);
  // The first few queries, and their intervals, would squeeze what the figure is about; they are cut at its edge.
  const settled = Math.min(4, ...curves.map(({ middle }) => middle.length - 1));
  const [low, high] = roomyExtent(extentOf([target], ...curves.map(({ middle }) => middle.slice(settled))), 0.1);
  const name = label === undefined ? "label" : axisLabel(label);
  const runs = groups.some(({ studies }) => studies.length > 1);
  return {
    title: "Best so far",
    subject: plainName(view.subject),
    name: "compare-best-so-far",
    summary: groups
      .map((group) => `${plainName(group.name)} ends at ${formatValue(group.curve.middle.at(-1), label)}`)
      .join("; "),
    height: 360,
    legend: [
      ...groups.map((group, index) => ({
        ...{
          label: `${plainName(group.name)} (${countWords(group.studies.length, "run")})`,
          colour: groupStyle(index),
        },
        mark: group.studies.length > 1 ? ("band" as const) : ("line" as const),
      })),
      { label: "Target", mark: "dash", colour: "series-limit" },
    ],
    note: runs
      ? "Mean over runs; the band is its 95 % confidence interval. Queries count every evaluation, the first ones included."
      : "Queries count every evaluation, the first ones included.",
    table: () => ({
      columns: ["group", "queries", "low", "mean", "high"],
      rows: groups.flatMap(({ name: group, curve }) =>
        curve.queries.map((query, index) => [group, query, curve.low[index], curve.middle[index], curve.high[index]]),
      ),
    }),
    draw: (width, height) => {
      const margin = usualMargin;
      const x = queryScale(isLog, view.budget, margin.left, width - margin.right);
      const y = scaleLinear([low, high], [height - margin.bottom, margin.top]);
      const targets: Target[] = groups.flatMap(({ name: group, curve }) =>
        thin(
          curve.queries.map((_, index) => index),
          200,
        ).map((index) => ({
          ...{
            x: x(curve.queries[index]),
            y: y(curve.middle[index]),
            title: formatValue(curve.middle[index], label),
          },
          lines: [plainName(group), `after ${countWords(curve.queries[index], "query", "queries")}`],
        })),
      );
      const clip = "compare-clip";
      return {
        targets,
        content: (
          <>
            <clipPath id={clip}>
              <rect
                x={margin.left}
                y={margin.top}
                width={Math.max(0, width - margin.left - margin.right)}
                height={height - margin.top - margin.bottom}
              />
            </clipPath>
            <Axes
              {...{ x, y, width, height, margin }}
              xLabel="queries"
              yLabel={name}
              xTick={(value) => formatTick(value, undefined)}
              yTick={(value) => formatTick(value, label)}
            />
            <line
              class="line is-dashed is-thin series-limit"
              x1={margin.left}
              x2={width - margin.right}
              y1={y(target)}
              y2={y(target)}
            />
            <g clip-path={`url(#${clip})`}>
              {groups.map(
                (group, index) =>
                  group.studies.length > 1 && (
                    <path key={group.name} class={`band ${groupStyle(index)}`} d={bandPath(group.curve, x, y)} />
                  ),
              )}
              {groups.map((group, index) => (
                <path key={group.name} class={`line ${groupStyle(index)}`} d={middlePath(group.curve, x, y)} />
              ))}
              {groups
                .map((group, index) => ({ ...group, index }))
                .filter(({ curve }) => curve.queries.length === 1)
                .map(({ name: group, curve, index }) => (
                  <circle
                    key={group}
                    class={`dot ${groupStyle(index)}`}
                    cx={x(curve.queries[0])}
                    cy={y(curve.middle[0])}
                    r="3.2"
                  />
                ))}
            </g>
          </>
        ),
      };
    },
  };
}
