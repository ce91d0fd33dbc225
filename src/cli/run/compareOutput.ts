import { bestTestFigure, regretFigure, testOfBestLabelFigure } from "../../experiment/figures/curves.js";
import type { CompareReport } from "../../experiment/report.js";
import { version } from "../../version.js";
import type { FigureWriter } from "../../view/figures/index.js";
import { writeReportFile } from "../../view/report/index.js";
import { type StrategyComparison, type StrategyRuns, viewStrategies } from "../../view/strategies/index.js";
import { type Output, writeOutput } from "../outputFile.js";
import { loadFigureWriter } from "./figureWriter.js";
import { readFrontEnd } from "./frontEnd.js";
import { sizeInWords } from "./sizeInWords.js";

/** Where the results of a comparison go. */
export interface CompareOutput {
  /** Whether there is a page among them, which shows runs. */
  readonly needsRuns: boolean;
  /** Writes everything and says what, as paths. */
  write(comparison: StrategyRuns): string[];
}

type NamedText = readonly [name: string, text: string];

/** Loads what draws the results. Throws AssayError where that was not built. */
export async function openCompareOutput(output: Output): Promise<CompareOutput> {
  if (output.kind === "folder") {
    const frontEnd = readFrontEnd();
    const writer = await loadFigureWriter();
    return {
      needsRuns: true,
      write: (comparison) =>
        allFiles(comparison, frontEnd, writer).map(([name, text]) => writeOutput(output.path, name, text)),
    };
  }
  const { path, extension } = output;
  if (extension === ".svg" || extension === ".json") {
    const text = extension === ".svg" ? bestTestFigure : writeJson;
    return { needsRuns: false, write: ({ report }) => [writeOutput(path, undefined, text(report))] };
  }
  const frontEnd = readFrontEnd();
  return {
    needsRuns: true,
    write(comparison) {
      if (comparison.runs.length === 0) return [];
      const page = writePage(viewStrategies(comparison), frontEnd);
      return [`${writeOutput(path, undefined, page)} (${sizeInWords(Buffer.byteLength(page))})`];
    },
  };
}

function allFiles(
  comparison: StrategyRuns,
  frontEnd: ReturnType<typeof readFrontEnd>,
  writer: FigureWriter,
): NamedText[] {
  const { report } = comparison;
  const figures: NamedText[] = [
    ["compare.json", writeJson(report)],
    ["best-test.svg", bestTestFigure(report)],
    ["test-of-best-label.svg", testOfBestLabelFigure(report)],
    ["regret.svg", regretFigure(report)],
  ];
  if (comparison.runs.length === 0) return figures;
  const view = viewStrategies(comparison);
  return [
    ...figures,
    ...view.measures.flatMap((measure) => filesOf(measure, writer)),
    ["report.html", writePage(view, frontEnd)],
  ];
}

/** The numbers of the curves, and the figure and the table that the report of a comparison has besides. */
function filesOf({ name, view }: StrategyComparison["measures"][number], writer: FigureWriter): NamedText[] {
  const rule = { bestTest: "best-test", testOfBestLabel: "test-of-best-label", bestLabel: "best-label" }[name];
  const [curves, final, targets] = writer.comparison(view);
  return [
    [`${rule}.csv`, curves.csv],
    ...(name === "bestLabel" ? [[`${rule}.svg`, curves.svg ?? ""] as const] : []),
    [`final-${rule}.svg`, final.svg ?? ""],
    [`final-${rule}.csv`, final.csv],
    [`queries-to-target-${rule}.csv`, targets.csv],
  ];
}

function writePage(strategies: StrategyComparison, frontEnd: ReturnType<typeof readFrontEnd>): string {
  const madeAt = Math.floor(Date.now() / 1000);
  const head = { schema: 1, version, madeAt, studies: [], isComparison: true, notes: [] } as const;
  return writeReportFile({ head, views: { studies: [], comparisons: [], strategies }, ...frontEnd });
}

function writeJson(report: CompareReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
