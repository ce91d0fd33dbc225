import { scaleLinear } from "d3-scale";
import type { CompareView } from "../../../../src/view/contract.js";
import { Axes } from "../../charts/axes.js";
import { extentOf, roomyExtent } from "../../charts/extent.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import type { Target } from "../../charts/targets.js";
import { axisLabel, formatTick, formatValue } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { boldness, cutText } from "../../format/textRoom.js";
import { countWords } from "../../format/words.js";
import { groupStyle } from "./groupStyle.js";

const rowHeight = 44;

/** Best label at the budget: one dot for each run, and their mean. */
export function FinalStrip({ view }: { readonly view: CompareView }) {
  return <Figure figure={finalFigure(view)} />;
}

/** The same for the page and for files. */
export function finalFigure(view: CompareView): FigureContent {
  const { groups, label, budget } = view;
  const [low, high] = roomyExtent(extentOf(...groups.map(({ final }) => final)));
  const means = groups.map(({ final }) => final.reduce((sum, value) => sum + value, 0) / Math.max(1, final.length));
  return {
    title: `Best after ${countWords(budget, "query", "queries")}`,
    subject: plainName(view.subject),
    name: "compare-final",
    summary: groups
      .map(
        (group, index) =>
          `${plainName(group.name)}: mean ${formatValue(means[index], label)} over ${group.final.length} runs`,
      )
      .join("; "),
    height: groups.length * rowHeight + 62,
    note: "Each dot is a run, the bar their mean. Dots at the same value lie beside each other.",
    table: () => ({
      columns: ["group", "study", "best at the budget"],
      rows: groups.flatMap((group) => group.final.map((value, run) => [group.name, group.studies[run], value])),
    }),
    draw: (width, height) => {
      const margin = { top: 16, right: 16, bottom: 40, left: 12 };
      const x = scaleLinear([low, high], [margin.left, width - margin.right]);
      const rows = Object.assign((row: number) => margin.top + row * rowHeight + 30, {
        ticks: () => groups.map((_, index) => index),
      });
      const dots = groups.flatMap((group, index) =>
        spreadDots(
          group.final.map((value) => x(value)),
          4,
        ).map((shift, run) => ({ group, index, run, left: x(group.final[run]), top: rows(index) + shift })),
      );
      const targets: Target[] = dots.map(({ group, run, left, top }) => ({
        ...{
          x: left,
          y: top,
          title: formatValue(group.final[run], label),
          lines: [plainName(group.studies[run] ?? group.name)],
        },
      }));
      return {
        targets,
        content: (
          <>
            <Axes
              {...{ x, y: rows, width, height, margin }}
              xLabel={label === undefined ? "label" : axisLabel(label)}
              yLabel=""
              xTick={(value) => formatTick(value, label)}
              yTick={() => ""}
            />
            {groups.map((group, index) => (
              <g key={group.name}>
                <text class="tick is-strong" x={margin.left} y={rows(index) - 16}>
                  {cutText(plainName(group.name), width - margin.left, 11.5 * boldness)}
                </text>
                <line
                  class={`mean ${groupStyle(index)}`}
                  x1={x(means[index])}
                  x2={x(means[index])}
                  y1={rows(index) - 11}
                  y2={rows(index) + 11}
                />
              </g>
            ))}
            {dots.map(({ group, index, run, left, top }) => (
              <circle key={`${group.name} ${run}`} class={`dot is-run ${groupStyle(index)}`} cx={left} cy={top} r="4" />
            ))}
          </>
        ),
      };
    },
  };
}

/** How far each dot moves up or down so that it hides no other; more than five lanes overlap again. */
export function spreadDots(lefts: readonly number[], radius: number): number[] {
  const lanes = [0, -1, 1, -2, 2];
  // By lane and by stretches as long as a dot: only neighbours can be in the way.
  const placed = new Map<string, number[]>();
  const near = (lane: number, left: number): number[] => {
    const stretch = Math.floor(left / (2 * radius));
    return [-1, 0, 1].flatMap((step) => placed.get(`${lane} ${stretch + step}`) ?? []);
  };
  return lefts.map((left) => {
    const lane = lanes.find((each) => near(each, left).every((other) => Math.abs(other - left) >= 2 * radius));
    if (lane === undefined) return 0;
    const key = `${lane} ${Math.floor(left / (2 * radius))}`;
    placed.set(key, [...(placed.get(key) ?? []), left]);
    return lane * radius;
  });
}
