import { expect, test } from "vitest";
import { sampleExplainedReport, sampleSearchReport } from "../../../test/sampleReports.js";
import type { SearchReport } from "../../experiment/searchReport.js";
import { recommendationFacts } from "./recommendationFacts.js";

const report = sampleExplainedReport();
const units = { label: "percent", test: "percent" };
const architecture = "|other|";
const predicted = { mean: 73.416, standardDeviation: 0.1149 };

function facts(recommendation: NonNullable<SearchReport["recommendation"]>, changes: Partial<SearchReport> = {}) {
  return recommendationFacts({ ...report, ...changes, recommendation }, units).map(
    ([name, value]) => `${name}| ${value}`,
  );
}

test("another architecture than the one with the best label: what is thought and what is known of it", () => {
  const evaluated = { architecture, number: 11, label: 73.1, test: 73.2, predicted, probabilityBest: 0.64, costs: [] };
  expect(facts(evaluated)).toEqual([
    "recommended| |other|",
    "| predicted 73.42 ± 0.11 %, the best of those evaluated with 64 % probability",
    "| evaluated at training 12: validation 73.10 %, test 73.20 %",
  ]);
  const { training: _, ...looked } = report;
  const unseen = { architecture, test: 73.2, probabilityBest: 0.999, costs: [] };
  expect(recommendationFacts({ ...looked, recommendation: unseen }, units).slice(1)).toEqual([
    ["", "better than all evaluated with more than 99 % probability"],
    ["", "not evaluated: the strategy holds it for better, test 73.20 % in the table"],
  ]);
});

test("the one with the best label is not shown twice, and not at all where nothing is said of it", () => {
  const same = { architecture: report.best!.architecture, number: 30, label: 80, costs: [] };
  expect(facts({ ...same, predicted, probabilityBest: 0.001 })).toEqual([
    "recommended| the one with the best label, above",
    "| predicted 73.42 ± 0.11 %, the best of those evaluated with less than 1 % probability",
  ]);
  expect(facts(same)).toEqual([]);
  expect(recommendationFacts(sampleSearchReport(), units)).toEqual([]);
});
