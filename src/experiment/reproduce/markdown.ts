import type { ReproduceReport } from "./report.js";
import { orderTable, panelTable, type TextTable } from "./table.js";

/** All tables of a reproduction as a page of Markdown. */
export function reproductionPage(report: ReproduceReport): string {
  const { title, source, reportedFrom, seeds, firstSeed, notes, leftOut, estimationCodes } = report;
  const lines = [
    `# ${title}`,
    "",
    `Source: ${source}. Reported: ${reportedFrom}.`,
    `${seeds} runs of each method, seeds from ${firstSeed}${report.complete ? "" : "; some are missing"}. assay ${report.version}.`,
    "",
    ...notes.map((note) => `- ${note}`),
    ...leftOut.map((note) => `- Left out: ${note}`),
    ...estimationCodes.map(
      ({ benchmark, name, cost, description }) =>
        `- Estimation code of ${benchmark}: ${name}, ${percent(cost)} of a full training each. ${description}`,
    ),
  ];
  for (const panel of report.panels) {
    lines.push(
      "",
      `## ${panel.title}`,
      "",
      `Benchmark ${panel.benchmark}; best test value ${panel.optimum.toFixed(2)}.`,
    );
    lines.push(...panel.notes.flatMap((note) => ["", note]));
    for (const reading of panel.readings) {
      lines.push("", `### ${reading.rule}`, "", `Label: ${reading.labelDescription}.`, "");
      lines.push(...drawMarkdown(panelTable(panel, reading)));
      if (reading.order === null) continue;
      lines.push("", ...drawMarkdown(orderTable(reading)), "", reading.order.sentence);
    }
  }
  return `${lines.join("\n")}\n`;
}

function drawMarkdown({ head, rows }: TextTable): string[] {
  const draw = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [draw(head), draw(head.map(() => "---")), ...rows.map(draw)];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
