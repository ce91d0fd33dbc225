import {
  orderTable,
  panelTable,
  type ReproducePanel,
  type ReproduceReading,
  type ReproduceReport,
  readingsOf,
  type TextTable,
} from "../../experiment/reproduce/index.js";
import type { Colours } from "../terminal.js";
import { formatSeconds } from "./numbers.js";
import { drawTable } from "./table.js";
import { wrapText } from "./wrapText.js";

const WIDTH = 80;

/** The tables of a reproduction, 80 letters wide where no method has a long name. */
export function drawReproduction(report: ReproduceReport, colours: Colours): string {
  const { title, seeds, reportedFrom, notes, estimationCodes, runSeconds, panels } = report;
  const hasReported = panels.some(({ reported }) => reported.length > 0);
  const runs = seeds === 1 ? "1 run" : `${seeds} runs`;
  return [
    colours.bold(wrapText(`${title}; ${runs} of each method`, WIDTH)),
    ...panels.flatMap((panel) => drawPanel(panel, colours)),
    "",
    ...(hasReported ? [wrapText(`reported: ${reportedFrom}.`, WIDTH)] : []),
    ...notes.map((words) => wrapText(words, WIDTH)),
    ...estimationCodes.map(({ benchmark, name, cost, description }) =>
      wrapText(
        `estimation code of ${benchmark}: ${name}, ${Number((100 * cost).toPrecision(2))} % of a full training each. ${description}`,
        WIDTH,
      ),
    ),
    `time of all runs, one after another: ${formatSeconds(runSeconds)}`,
  ].join("\n");
}

function drawPanel(panel: ReproducePanel, colours: Colours): string[] {
  const unit = panel.unit === "percent" ? " %" : "";
  const head = `${panel.title}: ${panel.benchmark}, best mean test value ${panel.optimum.toFixed(2)}${unit}`;
  return [
    "",
    colours.bold(wrapText(head, WIDTH)),
    ...panel.notes.map((words) => wrapText(words, WIDTH)),
    ...panel.readings.filter(isShown).flatMap((reading) => drawReading(panel, reading, colours)),
  ];
}

/** Mean labels by both curve rules; others by the reading that is nearest to publications. All of them are in the files. */
function isShown({ label, name }: ReproduceReading): boolean {
  return label === "mean" || readingsOf(label)[0].name === name;
}

function drawReading(panel: ReproducePanel, reading: ReproduceReading, colours: Colours): string[] {
  return [
    "",
    wrapText(reading.rule, WIDTH),
    ...(readingsOf(reading.label)[0].name === reading.name ? [wrapText(`(${reading.labelDescription})`, WIDTH)] : []),
    draw(panelTable(panel, reading), colours),
    ...(reading.order === null
      ? []
      : ["", draw(orderTable(reading), colours), wrapText(reading.order.sentence, WIDTH)]),
  ];
}

function draw({ head, rows }: TextTable, colours: Colours): string {
  const isNumber = /^[-+\d[]/;
  const columns = head.map((title, column) => ({
    title,
    align: rows.every((row) => isNumber.test(row[column])) ? ("right" as const) : ("left" as const),
  }));
  return drawTable(
    columns,
    rows.map((row) => [...row]),
    colours,
  );
}
