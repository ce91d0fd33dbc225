import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookUpCosts, openBenchmark, restrictBenchmark } from "../src/benchmark/index.js";
import { compareReportSchema } from "../src/experiment/report.js";
import { type SearchReport, searchReportSchema } from "../src/experiment/searchReport.js";
import { createGenerator } from "../src/random/index.js";
import { createCatalogue } from "../src/space/catalogue.js";
import {
  createChoiceSpace,
  createNasBench201,
  createTinyNasBench201,
  isListedPart,
  parseLimit,
  restrictSpace,
} from "../src/space/index.js";
import { createFeatureSource, createStrategy } from "../src/strategy/index.js";
import { assay } from "./cliHarness.js";
import { requireData } from "./data.js";
import { sampleDataFolder } from "./sampleBenchmark.js";

const data = sampleDataFolder();
const before = { ...process.env };
const cells = ["--benchmark", "sample/cells", "--strategy", "weaknas:predictor=ridge"];
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-limits-"));
  process.env["ASSAY_DATA"] = data.folder;
  process.env["ASSAY_HOME"] = join(work, "home");
  process.env["ASSAY_CACHE"] = join(work, "cache");
  const parameters = Array.from({ length: 12 }, (_, i) => `  p${i}: [1, 2, 3, 4, 5]\n`).join("");
  writeFileSync(join(work, "space.yaml"), `parameters:\n${parameters}cost:\n  size: p0 * p1 * p2\n`);
  writeFileSync(join(work, "objective.mjs"), "export default ({ cost }) => cost.size;\n");
  writeFileSync(
    join(work, "latency.mjs"),
    "export const units = { latency: 'ms' };\nexport default ({ parameters }) => ({ latency: parameters.p0 + parameters.p11 });\n",
  );
});

afterAll(() => {
  process.env = before;
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

async function searchJson(words: readonly string[]): Promise<SearchReport> {
  const { exitCode, out, err } = await assay(["search", ...words, "--json"]);
  expect(err).toBe("");
  expect(exitCode).toBe(0);
  return searchReportSchema.parse(JSON.parse(out));
}

test("a search of a table evaluates only what keeps the limits, and is measured against that part", async () => {
  const report = await searchJson([...cells, "--budget", "60", "--limit", "flops<=35M"]);
  expect(report).toMatchObject({
    benchmark: "sample/cells with flops<=35M",
    space: "nasbench201",
    limits: [{ cost: "flops", bound: "at most", value: 35e6, unit: "MAC" }],
    feasible: { count: 4096, of: 15_625, isExact: true },
    best: { rank: { of: 4096 } },
  });
  expect(report.trials).toHaveLength(60);
  for (const { metrics } of report.trials) expect(metrics["flops"]).toBeLessThanOrEqual(35e6);
  const shown = await assay(["search", ...cells, "--budget", "40", "--limit", "flops<=35M"]);
  expect(shown.out).toContain("limits       flops<=35M: kept by 4,096 of 15,625 architectures");
  expect(shown.out).toContain("assay search --benchmark sample/cells --limit 'flops<=35M' --strategy");
  expect(shown.out).toContain("assay compare --benchmark sample/cells --limit 'flops<=35M'");
});

test("a search goes on with the same limits only", async () => {
  const file = join(work, "first.json");
  const place = ["--study", "cells", "--storage", join(work, "cells.db")];
  const limited = [...cells, "--limit", "flops<=35M"];
  expect((await assay(["search", ...limited, "--budget", "20", ...place, "--out", file])).exitCode).toBe(0);
  const resumed = await assay(["resume", "cells", ...place.slice(2), "--budget", "30", "--json"]);
  const more = searchReportSchema.parse(JSON.parse(resumed.out));
  expect(more.limits).toHaveLength(1);
  expect(more.trials.slice(0, 20)).toEqual((JSON.parse(readFileSync(file, "utf8")) as SearchReport).trials);
  const other = await assay(["search", ...cells, "--budget", "30", ...place]);
  expect(other).toMatchObject({ exitCode: 2 });
  expect(other.err).toContain("was made with --limit flops<=35M, not with no --limit.");
});

test("strategies are compared on the part", async () => {
  const words = [
    "compare",
    "--benchmark",
    "sample/cells",
    "--strategies",
    "random",
    "--seeds",
    "2",
    "--budget",
    "20",
    "--threads",
    "1",
  ];
  const { out } = await assay([...words, "--limit", "flops<=35M", "--limit", "params>=0.1M", "--json"]);
  const report = compareReportSchema.parse(JSON.parse(out));
  expect(report.limits).toHaveLength(2);
  expect(report.feasible!.count).toBeLessThan(4096);
  const shown = await assay([...words, "--limit", "flops<=35M"]);
  expect(shown.out).toContain("flops<=35M: kept by 4,096 of 15,625 architectures");
});

test("a large space of one's own, with its costs and those of a module", async () => {
  const own = [
    "--space",
    join(work, "space.yaml"),
    "--evaluate",
    join(work, "objective.mjs"),
    "--budget",
    "25",
    "--batch",
    "5",
  ];
  const limits = ["--limit", "size>=20", "--limit", "size<=60", "--limit", "latency<=4ms"];
  const report = await searchJson([...own, ...limits, "--costs", join(work, "latency.mjs"), "--strategy", "default"]);
  expect(report.feasible).toMatchObject({ isExact: false });
  expect(report.best?.costs.map(({ name }) => name)).toEqual(["size", "latency"]);
  for (const { label, architecture } of report.trials) {
    expect(label).toBeGreaterThanOrEqual(20);
    expect(label).toBeLessThanOrEqual(60);
    const [first, last] = ["p0", "p11"].map((name) => Number(new RegExp(`\\b${name}=(\\d)`).exec(architecture)![1]));
    expect(first + last).toBeLessThanOrEqual(4);
  }
  const file = join(work, "own.json");
  expect((await assay(["search", ...own, "--strategy", "random", "--out", file])).exitCode).toBe(0);
  const narrower = await assay(["search", ...own, "--limit", "size<=5", "--warm-start", file]);
  expect(narrower.exitCode).toBe(2);
  expect(narrower.err).toMatch(/does not keep the limits: .*more than 5.*\n.*Give the same --limit/);
  const kept = [...own, "--study", "limited", "--storage", join(work, "limited.db")];
  expect((await assay(["search", ...kept, ...limits, "--costs", join(work, "latency.mjs")])).exitCode).toBe(0);
  expect((await assay(["search", ...kept, "--limit", "size<=60"])).err).toContain("was made with --limit");
});

const refusals: [string, () => string[], RegExp][] = [
  [
    "a limit that nothing keeps",
    () => [...cells, "--limit", "flops<=5M"],
    /None of the 15,625.*smallest flops is 7.783M/,
  ],
  ["a limit without a number", () => [...cells, "--limit", "flops"], /Cannot read the limit "flops"/],
  ["an unknown cost", () => [...cells, "--limit", "flop<=5M"], /no cost "flop" of sample\/cells[\s\S]*"flops"/],
  ["a limit on a measurement", () => [...cells, "--limit", "test_accuracy>=9"], /known only after a training/],
  ["costs without a limit", () => [...cells, "--costs", "latency.mjs"], /--costs belongs to --limit/],
  ["costs that are not there", () => [...cells, "--limit", "a<=1", "--costs", "no.mjs"], /no file no.mjs/],
  [
    "a module without costs",
    () => [...cells, "--limit", "a<=1", "--costs", join(work, "empty.mjs")],
    /no function as default/,
  ],
  [
    "a budget beyond the part",
    () => [...cells, "--limit", "flops<=8M", "--budget", "5000"],
    /more than the \d+ architectures of sample\/cells with flops<=8M/,
  ],
];
test.each(refusals)("refused: %s", async (_, words, message) => {
  writeFileSync(join(work, "empty.mjs"), "export const cost = 3;\n");
  const { exitCode, err } = await assay(["search", ...words()]);
  expect(err).toMatch(message);
  expect(exitCode).toBe(2);
});

test("no strategy suggests what breaks a limit, in a space too large to be listed", async () => {
  const genes = Array.from({ length: 12 }, (_, i) => `p${i}`);
  const large = createChoiceSpace({
    parameters: Object.fromEntries(genes.map((gene) => [gene, [0, 1, 2, 3, 4, 5]])),
    cost: { sum: genes.join(" + ") },
  });
  const specs = ["random", "default", "regularized-evolution", "local-search", "weaknas:predictor=ridge,init=10"];
  // The second is so rare that candidates are walked to.
  for (const limit of ["sum<=25", "sum<=6"]) {
    const space = restrictSpace(large, { limits: [parseLimit(limit)] });
    const most = Number(limit.slice(5));
    for (const spec of specs) {
      const catalogue = createCatalogue(space);
      const strategy = createStrategy(spec, {
        catalogue,
        features: createFeatureSource(catalogue),
        generator: createGenerator(1),
      });
      for (let round = 0; round < 3; round++) {
        const suggested = await strategy.suggest(10);
        expect(suggested.length).toBeGreaterThan(0);
        const sums = suggested.map((id) => catalogue.at(id).reduce((sum, level) => sum + level, 0));
        expect(Math.max(...sums)).toBeLessThanOrEqual(most);
        strategy.observe(suggested.map((architecture, i) => ({ architecture, label: sums[i] + i / 100 })));
      }
    }
  }
});

test("the part of NAS-Bench-201 of at most 35 MFLOPs is the 4,096 cells of Tiny-NAS-Bench-201", async (context) => {
  process.env["ASSAY_DATA"] = requireData(context);
  try {
    const whole = await openBenchmark("nasbench201/cifar10");
    const part = restrictBenchmark(whole, restrictSpace(whole.space, { limits: [parseLimit("flops<=35M")] }));
    const tiny = createTinyNasBench201();
    expect(isListedPart(part.space) && [...part.space.baseIndices]).toEqual([...tiny.baseIndices]);
    expect(Math.max(...part.test)).toBeCloseTo(91.315, 9);
    const costs = lookUpCosts(whole, ["latency.pixel3"], whole.space);
    const quick = restrictSpace(whole.space, { limits: [parseLimit("latency.pixel3<=5ms")], costs });
    const column = whole.pack.column("pixel3_latency");
    expect(Number(quick.size)).toBe([...column].filter((value) => value <= 5).length);
  } finally {
    process.env["ASSAY_DATA"] = data.folder;
  }
}, 120_000);

test("a restricted space keeps the encodings of the whole", () => {
  const whole = createNasBench201();
  expect(restrictSpace(whole, { limits: { flops: 35e6 } }).views).toBe(whole.views);
});
