import { scaleLinear } from "d3-scale";
import { useState } from "preact/hooks";
import type { Quantity, StudyView } from "../../../../src/view/contract.js";
import { Axes, usualMargin } from "../../charts/axes.js";
import { EmptyMark } from "../../charts/emptyMark.js";
import { extentOf, quantileOf, roomyExtent } from "../../charts/extent.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import type { LegendItem } from "../../charts/legend.js";
import type { Target } from "../../charts/targets.js";
import { thin } from "../../charts/thin.js";
import { axisLabel, formatTick, formatValue, quantityWords } from "../../format/numbers.js";
import { fileSlug } from "../../format/slug.js";
import { describeStudy } from "../../format/studyWords.js";
import { countWords } from "../../format/words.js";
import { Choice } from "../../parts/choice.js";
import { writeRoute } from "../../router.js";
import { costFronts } from "./costFronts.js";
import type { StudyTrials } from "./studyTrials.js";

const mostDots = 2000;

/** The label against something that it costs, with the Pareto front of the two and the limits. */
export function CostScatter({ view, trials }: StudyTrials) {
  const others = comparedQuantities({ view, trials });
  const [wanted, setWanted] = useState(() => preferred(view, others));
  const cost = others.find(({ name }) => name === wanted) ?? others[0];
  if (cost === undefined) return null;
  return (
    <Figure
      figure={costFigure({ view, trials }, cost)}
      controls={
        others.length > 1 && (
          <Choice
            label="Against"
            value={cost.name}
            options={others.map(({ name }) => [name, quantityWords(name)])}
            onChange={setWanted}
          />
        )
      }
    />
  );
}

/** What the label can be drawn against: quantities that some trial has. */
export function comparedQuantities({ view, trials }: StudyTrials): readonly Quantity[] {
  return view.quantities.slice(1).filter(({ name }) => trials.values[name]?.some(isNumber));
}

/** The same for the page and for files. */
export function costFigure({ view, trials }: StudyTrials, cost: Quantity): FigureContent {
  const label = view.quantities[0];
  const xs = trials.values[cost.name];
  const ys = trials.values[label.name] ?? [];
  const places = trials.number.map((_, place) => place).filter((place) => isNumber(xs[place]) && isNumber(ys[place]));
  const { front, others: alsoGood } = costFronts(view, trials, cost);
  const onFront = new Set(front);
  const onAny = new Set([...front, ...alsoGood]);
  const hasThree = view.objectives.length > 2;
  const onAll = new Set(hasThree ? view.front : []);
  const limits = view.limits.filter(({ name }) => name === cost.name);
  const yFloor =
    places.length > 0
      ? quantileOf(
          places.map((place) => ys[place]!),
          0.1,
        )
      : 0;
  const [low, high] = roomyExtent(
    extentOf(
      places.map((place) => ys[place]).filter((value) => value! >= yFloor),
      front.map((place) => ys[place]),
    ),
  );
  const [left, right] = roomyExtent(
    extentOf(
      places.map((place) => xs[place]),
      limits.map(({ value }) => value),
    ),
    0.04,
  );
  const inside = places.filter((place) => ys[place]! >= low);
  const goodInside = alsoGood.filter((place) => ys[place]! >= low);
  const shown = thin(
    inside.filter((place) => !onAny.has(place)),
    mostDots,
  );
  const legend: LegendItem[] = [
    { label: "Trial", mark: "dot", colour: "trial-colour" },
    { label: "Pareto front", mark: "line", colour: "series-2" },
    ...(alsoGood.length > 0 ? [{ label: "On that of all objectives", mark: "ring", colour: "series-2" } as const] : []),
    ...(limits.length > 0 ? [{ label: "Limit", mark: "dash", colour: "series-limit" } as const] : []),
  ];
  return {
    title: `Pareto front: ${quantityWords(label.name)} against ${quantityWords(cost.name)}`,
    subject: describeStudy(view.row),
    name: fileSlug(view.row.name, label.name, "against", cost.name),
    summary: `${places.length} trials by ${quantityWords(cost.name)} and ${quantityWords(label.name)}. Pareto front: ${front
      .slice(-8)
      .map((place) => `${formatValue(xs[place], cost)} with ${formatValue(ys[place], label)}`)
      .join(", ")}.`,
    height: 300,
    legend,
    note: [
      "On the front no other trial is better in both.",
      places.length - inside.length > 0 ? `${countWords(places.length - inside.length, "trial")} below the axis.` : "",
      inside.length > mostDots + front.length
        ? `${countWords(shown.length, "trial")} of ${countWords(inside.length, "trial")} and the whole front drawn.`
        : "",
    ].join(" "),
    table: () => ({
      columns: [
        ...["trial", "architecture", cost.name, label.name, "on the Pareto front"],
        ...(hasThree ? ["on the front of all objectives"] : []),
      ],
      rows: places.map((place) => [
        trials.number[place],
        trials.architecture[place],
        xs[place],
        ys[place],
        onFront.has(place) ? 1 : 0,
        ...(hasThree ? [onAll.has(trials.number[place]) ? 1 : 0] : []),
      ]),
    }),
    draw: (width, height) => {
      if (places.length === 0) return { content: <EmptyMark {...{ width, height }}>No trial has both yet.</EmptyMark> };
      const margin = usualMargin;
      const bottom = height - margin.bottom;
      const x = scaleLinear([Math.max(left, Math.min(0, left)), right], [margin.left, width - margin.right]);
      const y = scaleLinear([low, high], [bottom, margin.top]);
      const target = (place: number): Target => ({
        ...{ x: x(xs[place]!), y: y(ys[place]!), title: formatValue(ys[place], label) },
        lines: [
          `${quantityWords(cost.name)} ${formatValue(xs[place], cost)}`,
          `trial ${trials.number[place]}${onFront.has(place) ? ", on the front" : onAny.has(place) ? ", on the front of all objectives" : ""}`,
        ],
        href: writeRoute({ page: "trial", name: view.row.name, number: trials.number[place] }),
      });
      return {
        targets: [...front, ...goodInside, ...shown].map(target),
        content: (
          <>
            <Axes
              {...{ x, y, width, height, margin }}
              xLabel={axisLabel(cost)}
              yLabel={axisLabel(label)}
              xTick={(value) => formatTick(value, cost)}
              yTick={(value) => formatTick(value, label)}
            />
            {limits.map(({ bound, value }) => (
              <g key={bound}>
                <rect
                  class="outside"
                  x={bound === "at most" ? x(value) : margin.left}
                  width={Math.max(0, bound === "at most" ? width - margin.right - x(value) : x(value) - margin.left)}
                  y={margin.top}
                  height={bottom - margin.top}
                />
                <line class="line is-dashed series-limit" x1={x(value)} x2={x(value)} y1={margin.top} y2={bottom} />
                <text
                  class="tick"
                  x={x(value) + (bound === "at most" ? -5 : 5)}
                  y={bottom - 7}
                  text-anchor={bound === "at most" ? "end" : "start"}
                >
                  {`${bound} ${formatValue(value, cost)}`}
                </text>
              </g>
            ))}
            {shown.map((place) => (
              <circle key={place} class="dot trial-colour" cx={x(xs[place]!)} cy={y(ys[place]!)} r="2.6" />
            ))}
            {goodInside.map((place) => (
              <circle key={place} class="ring series-2" cx={x(xs[place]!)} cy={y(ys[place]!)} r="3.4" />
            ))}
            <path class="line series-2" d={frontPath(front, xs, ys, x, y)} />
            {front.map((place) => (
              <circle key={place} class="dot series-2" cx={x(xs[place]!)} cy={y(ys[place]!)} r="3.6" />
            ))}
          </>
        ),
      };
    },
  };
}

/** A staircase: between two points of the front the better label costs what its own point costs. */
function frontPath(
  front: readonly number[],
  xs: readonly (number | null)[],
  ys: readonly (number | null)[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  return front
    .map((place, index) => {
      const [across, up] = [x(xs[place]!).toFixed(1), y(ys[place]!).toFixed(1)];
      return index === 0 ? `M${across},${up}` : `H${across}V${up}`;
    })
    .join("");
}

/** The other objective, or what is limited, or the first cost. */
function preferred(view: StudyView, others: readonly Quantity[]): string {
  const known = (name: string | undefined): boolean => others.some((other) => other.name === name);
  const label = view.quantities[0].name;
  const candidates = [
    view.objectives.find((name) => name !== label),
    view.limits[0]?.name,
    others.find(({ kind }) => kind === "cost")?.name,
  ];
  return candidates.find(known) ?? others[0]?.name ?? "";
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
