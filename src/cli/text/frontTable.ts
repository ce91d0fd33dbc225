import type { SearchReport } from "../../experiment/searchReport.js";
import type { Colours } from "../terminal.js";
import { formatMeasured, formatQuantity, formatValue, unitSuffix } from "./numbers.js";
import type { Fact } from "./searchFacts.js";
import { drawTable } from "./table.js";

const WIDTH = 56;
const HEIGHT = 12;

/** The Pareto front of a search as a table, with a drawing of the label against the first cost. */
export function drawFront(report: SearchReport, colours: Colours): string[] {
  if (report.front === undefined) return [];
  const { columns, rows } = tabulateFront(report);
  const aligned = columns.map((title, i) => ({ title, align: i < columns.length - 1 ? "right" : "left" }) as const);
  return [
    titleOfFront(report),
    "",
    ...drawTable(aligned, rows, colours)
      .split("\n")
      .map((line) => `  ${line}`),
    "",
    ...drawPoints(report),
    "",
  ];
}

export function titleOfFront({ front }: SearchReport): string {
  return nameFront(front?.objectives ?? [], front?.members.length ?? 0);
}

type FrontObjective = Pick<NonNullable<SearchReport["front"]>["objectives"][number], "name" | "direction">;

export function nameFront(objectives: readonly FrontObjective[], size: number): string {
  return `Pareto front of ${nameObjectives(objectives)}: ${size === 1 ? "one architecture" : `${size} architectures`}`;
}

/** The members of the front, their values and their text form, which comes last. */
export function tabulateFront({ front, trials, training }: SearchReport): { columns: string[]; rows: string[][] } {
  const { objectives = [], members = [] } = front ?? {};
  return {
    columns: [training === undefined ? "query" : "training", ...objectives.map(({ name }) => name), "architecture"],
    rows: members.map(({ number, values }) => [
      String(number + 1),
      ...values.map((value, i) => writeValue(value, objectives[i].unit)),
      trials[number]?.architecture ?? "",
    ]),
  };
}

/** How large the front is, and how near that of the table. */
export function frontFacts({ front }: SearchReport): Fact[] {
  if (front === undefined) return [];
  const { objectives, hypervolume, reference, table } = front;
  const facts: Fact[] = [
    [
      "hypervolume",
      `${formatMeasured(hypervolume)}, down to ${reference
        .map((value, i) => `${objectives[i].name} ${writeValue(value, objectives[i].unit)}`)
        .join(" and ")} (the worst seen and a tenth of the range)`,
    ],
  ];
  if (table !== undefined) {
    facts.push([
      "table's front",
      `${table.found} of its ${table.of} points found, ${formatValue(100 * table.share)} % of its hypervolume covered`,
    ]);
  }
  return facts;
}

/** "accuracy (largest) and flops (smallest)" */
function nameObjectives(objectives: readonly FrontObjective[]): string {
  const named = objectives.map(
    ({ name, direction }) => `${name} (${direction === "maximise" ? "largest" : "smallest"})`,
  );
  return `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

/** A value of an objective with its unit. */
export function writeValue(value: number, unit: string): string {
  return unit === "MAC" || unit === "parameters"
    ? formatQuantity(value, unit)
    : `${formatMeasured(value)}${unitSuffix(unit)}`;
}

/** Points of all trials, those of the front filled. Labels so bad that they would squeeze the front into a line are left out. */
function drawPoints({ front, trials }: SearchReport): string[] {
  if (front === undefined || front.members.length < 2) return [];
  const members = new Set(front.members.map(({ number }) => number));
  const [labels, costs] = [0, 1].map((i) => front.members.map(({ values }) => values[i]));
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
  const [least, most] = range(labels);
  const shown = trials.filter(({ values }) => values !== undefined && values[0] >= least - (most - least));
  const [left, right] = range(shown.map(({ values }) => values![1]));
  const [bottom, top] = range(shown.map(({ values }) => values![0]));
  if (!(right > left && top > bottom) || costs.length === 0) return [];
  const sheet = Array.from({ length: HEIGHT }, () => Array<string>(WIDTH).fill(" "));
  const place = (value: number, from: number, to: number, cells: number): number =>
    Math.round(((value - from) / (to - from)) * (cells - 1));
  for (const isMember of [false, true]) {
    for (const { number, values } of shown) {
      if (members.has(number) !== isMember) continue;
      const row = HEIGHT - 1 - place(values![0], bottom, top, HEIGHT);
      sheet[row][place(values![1], left, right, WIDTH)] = isMember ? "●" : "·";
    }
  }
  const [label, cost] = front.objectives;
  const marks = [writeValue(top, label.unit), writeValue(bottom, label.unit)];
  const margin = Math.max(...marks.map((mark) => mark.length));
  const ends = [writeValue(left, cost.unit), writeValue(right, cost.unit)];
  const legend = ends[0] + cost.name.padStart((WIDTH - ends[0].length - ends[1].length + cost.name.length) >> 1);
  const missing = trials.length - shown.length;
  return [
    `  ${" ".repeat(margin)} ${label.name}; ● front, · others${missing > 0 ? ` (left out: ${missing} failed or far below)` : ""}`,
    ...sheet.map((row, i) =>
      `  ${(i === 0 ? marks[0] : i === HEIGHT - 1 ? marks[1] : "").padStart(margin)} │${row.join("")}`.trimEnd(),
    ),
    `  ${" ".repeat(margin)} └${"─".repeat(WIDTH)}`,
    `  ${" ".repeat(margin)}  ${legend}${ends[1].padStart(WIDTH - legend.length)}`,
  ];
}
