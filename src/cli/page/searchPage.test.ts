import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { sampleExplainedReport, sampleFrontReport, sampleSearchReport } from "../../../test/sampleReports.js";
import { writeSearchPage } from "./searchPage.js";

const report = sampleSearchReport();
const units = { label: "percent", test: "percent" };
const drawing = ["in ── conv 3x3 ──▶ 1"];

test("holds what was found, four figures and every trial, and loads nothing", () => {
  const page = writeSearchPage({ report, drawing, units });
  expect(writeSearchPage({ report, drawing, units })).toBe(page);
  const { document } = parseHTML(page);
  expect(document.querySelector("h1")!.textContent).toBe("40 live trainings on digits201 with weaknas, seed 1");
  expect(document.querySelector("pre")!.textContent).toBe(drawing[0]);
  expect(document.querySelectorAll("figure > svg")).toHaveLength(4);
  expect(document.querySelectorAll("tbody tr")).toHaveLength(40);
  expect(document.querySelectorAll("tbody tr")[7].textContent).toContain("no longer finite in epoch 3");
  expect(page).toContain("rank 3 of 15,625, by mean label");
  expect(page).toContain("with 40 trainings random search chooses 74.40 % test value (in the table) on average");
  expect(page).not.toMatch(/<script|\b(?:src|href)=|@import|url\(/);
  expect(page.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:/);
});

test("shows the front of several objectives in place of a best architecture", () => {
  const report = sampleFrontReport();
  const { document } = parseHTML(writeSearchPage({ report, drawing, units }));
  const [heading] = document.querySelectorAll("h2");
  const count = report.front!.members.length;
  expect(heading.textContent).toBe(`Pareto front of accuracy (largest) and flops (smallest): ${count} architectures`);
  expect(document.querySelectorAll("tbody")[0].querySelectorAll("tr")).toHaveLength(count);
  expect(document.body.textContent).toContain("3 of its 12 points found");
  expect(document.body.textContent).not.toContain("Best architecture");
});

test("shows what the strategy thought of each trial, what it predicted against what was measured, and what it recommends", () => {
  const explained = sampleExplainedReport();
  const page = writeSearchPage({ report: explained, drawing, units });
  const { document } = parseHTML(page);
  expect(document.querySelectorAll("figure > svg")).toHaveLength(5);
  expect(document.querySelector("thead")!.textContent).toContain("suggestionpredictedvalidation");
  const rows = [...document.querySelectorAll("tbody tr")].map(({ children }) => [...children]);
  const cells = rows.map((row) => row.slice(2, 4).map(({ textContent }) => textContent));
  expect(cells[3]).toEqual(["start", ""]);
  expect(cells[9][0]).toBe("exploit: Made up.");
  expect(cells[9][1]).toMatch(/^\d\d\.\d\d ± \d\.\d\d$/);
  expect(document.querySelector("h2 + dl")!.textContent).toContain("with 64 % probability");
  expect(writeSearchPage({ report, drawing, units })).not.toContain("suggestion");
});

test("text from outside stays text", () => {
  const wicked = `</pre><script>alert("1")</script><img src=x onerror='1'>&amp;`;
  const trial = {
    ...report.trials[0],
    architecture: wicked,
    failure: wicked,
    explanation: { reason: "random", detail: wicked } as const,
    metrics: { [wicked]: 1 },
  };
  const page = writeSearchPage({
    report: {
      ...report,
      spec: wicked,
      benchmark: wicked,
      label: wicked,
      labelDescription: wicked,
      version: wicked,
      packChecksum: wicked,
      training: { dataset: wicked, settings: { [wicked]: wicked } },
      trials: [trial],
      best: { ...report.best!, ...trial },
      recommendation: { architecture: wicked, costs: [] },
      curveRules: { testOfBestLabel: wicked, bestTest: wicked },
      randomSearch: { ...report.randomSearch!, labels: wicked },
    },
    drawing: [wicked],
    units: { label: wicked, test: wicked },
  });
  expect(page).not.toContain("<script");
  expect(page).not.toContain("<img");
  const { document } = parseHTML(page);
  expect(document.querySelector("pre")!.textContent).toBe(wicked);
  expect(document.querySelectorAll("script, img")).toHaveLength(0);
});

test("a search without a table, without success", () => {
  const { best: _, randomSearch: __, optimum: ___, queriesToOptimum: ____, training: _____, ...rest } = report;
  const page = writeSearchPage({ report: { ...rest, ended: "stopped", trials: [] }, drawing: [], units: {} });
  expect(page).toContain("Stopped before the 40 queries of the budget were done.");
  expect(page).toContain("No architecture was evaluated successfully.");
});
