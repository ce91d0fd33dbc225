import type { SearchReport } from "../searchReport.js";
import { drawScatterFigure } from "./scatterFigure.js";

const scales: readonly (readonly [size: number, word: string])[] = [
  [1e9, "billion "],
  [1e6, "million "],
  [1e4, "thousand "],
];

/**
 * The first two objectives of every evaluated architecture, and the Pareto front as a line. What lies below the front by more than its own
 * height is left out. SVG text; undefined where the search had one objective, or nothing was evaluated successfully.
 *
 * @example
 * const svg = frontFigure(report);
 */
export function frontFigure(report: SearchReport): string | undefined {
  const { front, trials } = report;
  if (front === undefined) return undefined;
  const [label, other] = front.objectives;
  const labels = front.members.map(({ values }) => values[0]);
  const [least, most] = [Math.min(...labels), Math.max(...labels)];
  const lowest = least - (most - least || 1);
  const shown = trials.flatMap(({ values }) => (values !== undefined && values[0] >= lowest ? [values] : []));
  const largest = shown.reduce((size, values) => Math.max(size, Math.abs(values[1])), 0);
  const [size, word] = scales.find(([least]) => largest >= least && other.unit !== "") ?? ([1, ""] as const);
  const place = (values: readonly number[]) => ({ x: values[1] / size, y: values[0] });
  const missing = trials.length - shown.length;
  const more = front.objectives.slice(2).map(({ name }) => name);
  return drawScatterFigure({
    title: `${report.benchmark ?? report.space}: the front of ${front.objectives.map(({ name }) => name).join(" and ")}`,
    subtitle: [
      `every architecture that was evaluated with ${report.spec}, seed ${report.seed}${missing === 0 ? "" : `; ${missing} without a value or far below are left out`}`,
      ...(more.length === 0
        ? []
        : [`a member of the front may be worse in both where it is better in ${more.join(" and ")}`]),
    ],
    x: { label: `${other.name}${other.unit === "" ? "" : ` (${word}${other.unit})`}`, fromData: true },
    y: { label: `${label.name}${label.unit === "" ? "" : ` (${label.unit})`}` },
    points: shown.map(place),
    front: front.members.map(({ values }) => place(values)),
    // With three objectives there is no line through all members.
    frontLine: more.length > 0 ? undefined : other.direction === "minimise" ? "step-after" : "step-before",
  });
}
