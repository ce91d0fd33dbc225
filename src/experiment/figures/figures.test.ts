import { expect, test } from "vitest";
import {
  sampleCompareReport,
  sampleExplainedReport,
  sampleFrontReport,
  samplePredictReport,
  sampleSearchReport,
} from "../../../test/sampleReports.js";
import { sampleReproduceReport } from "../../../test/sampleReproduceReport.js";
import type { BuildFigures } from "../build/index.js";
import { compareReportSchema, predictReportSchema } from "../report.js";
import { reproduceReportSchema } from "../reproduce/index.js";
import { type SearchReport, searchReportSchema } from "../searchReport.js";
import { correlationFigure } from "./correlation.js";
import { bestTestFigure, regretFigure, testOfBestLabelFigure } from "./curves.js";
import { frontFigure } from "./front.js";
import { histogramFigure } from "./histogram.js";
import { reproductionFigure } from "./reproduction.js";
import {
  labelAgainstFlopsFigure,
  learningCurvesFigure,
  predictedAgainstMeasuredFigure,
  searchProgressFigure,
} from "./search.js";

const compareReport = sampleCompareReport();
const predictReport = samplePredictReport();
const searchReport = sampleSearchReport();
const reproduceReport = sampleReproduceReport();
const [panel] = reproduceReport.panels;

test("the sample reports have the form of real ones", () => {
  expect(compareReportSchema.parse(compareReport)).toEqual(compareReport);
  expect(predictReportSchema.parse(predictReport)).toEqual(predictReport);
  expect(searchReportSchema.parse(searchReport)).toEqual(searchReport);
  expect(searchReportSchema.parse(sampleFrontReport())).toEqual(sampleFrontReport());
  expect(searchReportSchema.parse(sampleExplainedReport())).toEqual(sampleExplainedReport());
  expect(reproduceReportSchema.parse(reproduceReport)).toEqual(reproduceReport);
});

// Look at a changed picture before you accept it: CONTRIBUTING.md says how.
test.each([
  ["best-test", () => bestTestFigure(compareReport)],
  ["test-of-best-label", () => testOfBestLabelFigure(compareReport)],
  ["regret", () => regretFigure(compareReport)],
  ["kendall-tau", () => correlationFigure(predictReport)],
  ["histogram", () => histogramFigure({ title: "NAS-Bench-201 cells on hard digits" }, sampleBuildFigures())],
  ["search-progress", () => searchProgressFigure(searchReport)],
  ["search-loss", () => learningCurvesFigure(searchReport, "loss")!],
  ["search-training-accuracy", () => learningCurvesFigure(searchReport, "trainingAccuracy")!],
  ["search-flops", () => labelAgainstFlopsFigure(searchReport)!],
  ["search-predicted", () => predictedAgainstMeasuredFigure(sampleExplainedReport())!],
  ["search-front", () => frontFigure(sampleFrontReport())!],
  ["search-progress-of-nothing", () => searchProgressFigure(failedSearch())],
  ["reproduction", () => reproductionFigure(reproduceReport, panel, panel.readings[0])],
  ["reproduction-nothing-reported-runs-missing", () => unreportedFigure()],
  ["best-test-single-run-one-point", () => bestTestFigure(shortReport())],
  ["best-test-stopped", () => bestTestFigure({ ...compareReport, complete: false, results: [] })],
])("%s", async (name, draw) => {
  const svg = draw();
  expect(draw()).toBe(svg);
  await expect(svg).toMatchFileSnapshot(`__snapshots__/${name}.svg`);
});

test("text from outside cannot break the figure", () => {
  const results = [{ ...compareReport.results[0], spec: 'a<b>&"c' }];
  const svg = bestTestFigure({ ...compareReport, benchmark: "<script>alert(1)</script>", results });
  expect(svg).not.toContain("<script>");
  expect(svg).toContain("&lt;script&gt;");
  expect(svg).toContain("a&lt;b&gt;&amp;");
});

test("a figure says where its labels are noise on test accuracies", () => {
  const description = "test_accuracy: Accuracy; percent; plus normal noise. This is not a validation accuracy.";
  const noisy = { label: "noisy(0.14)", labelDescription: description };
  const words = "label: noisy(0.14), test_accuracy plus noise, not a validation accuracy";
  expect(bestTestFigure({ ...compareReport, ...noisy })).toContain(words);
  expect(correlationFigure({ ...predictReport, ...noisy })).toContain(words);
});

function sampleBuildFigures(): BuildFigures {
  const spread = { minimum: 10, fifthPercentile: 41, lowerQuartile: 55, median: 63.25, upperQuartile: 70 };
  const accuracies = { ...spread, ninetyFifthPercentile: 75, maximum: 78.5 };
  return {
    ...{ architectures: 15_625, functions: 4930, trainings: 9860, failedTrainings: 0, rules: "made up" },
    ...{ betweenSeeds: { all: 0.912, bestFifth: 0.561 }, betweenSeedsOfFunctions: { all: 0.9, bestFifth: 0.5 } },
    ...{ validationWithTest: 0.95, validation: accuracies, test: accuracies },
    testHistogram: { from: 10, width: 10, counts: [341, 0, 120, 990, 4010, 8164, 2000] },
  };
}

test("what an evaluator does not give is not drawn", () => {
  const trials = searchReport.trials.map(({ curves: _, ...trial }) => ({ ...trial, metrics: {} }));
  const bare = { ...searchReport, trials };
  expect(learningCurvesFigure(bare, "loss")).toBeUndefined();
  expect(labelAgainstFlopsFigure(bare)).toBeUndefined();
  expect(predictedAgainstMeasuredFigure(bare)).toBeUndefined();
  expect(learningCurvesFigure(failedSearch(), "loss")).toBeUndefined();
});

/** A search with one query, which failed. */
function failedSearch(): SearchReport {
  const { best: _, randomSearch: __, ...rest } = searchReport;
  return { ...rest, queries: 1, trials: [searchReport.trials[7]] };
}

function unreportedFigure(): string {
  const [reading] = panel.readings;
  const [series] = reading.series;
  const points = series.points.map((point, place) => ({ ...point, runs: 100 - 10 * place }));
  return reproductionFigure(
    { ...reproduceReport, complete: false },
    { ...panel, reported: [] },
    { ...reading, series: [{ ...series, points }] },
  );
}

function shortReport() {
  const [first] = compareReport.results;
  return { ...compareReport, seeds: 1, budget: 10, results: [{ ...first, curve: first.curve.slice(0, 1) }] };
}
