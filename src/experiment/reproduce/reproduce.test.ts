import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleBenchmark } from "../../../test/sampleBenchmark.js";
import { readEstimationTable } from "../../benchmark/index.js";
import { AssayError } from "../../errors.js";
import { createWorkerPool } from "../../kernels/pool.js";
import { experimentTasks } from "../tasks.js";
import type { Reproduction, ReproductionMethod } from "./contract.js";
import { reproductionPage } from "./markdown.js";
import { testOrder } from "./orderTest.js";
import { type ReproduceReport, reproduceReportSchema } from "./report.js";
import { type ReproduceOptions, reproduce } from "./reproduce.js";
import { reproductions } from "./reproductions.js";
import { openRunsFile } from "./runsFile.js";
import { growingK, growingN } from "./siamese.js";

const benchmark = sampleBenchmark();
const pool = createWorkerPool({ threads: 1, tasks: experimentTasks });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-reproduce-"));
});

afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

const method = (name: string, strategy: string, code = "none"): ReproductionMethod => ({
  ...{ name, title: `the ${name}`, code, secondsPerSample: 0.001 },
  strategy: ({ samples, evaluate }) => `${strategy},samples=${samples},evaluate=${evaluate}`,
});

const panel = { benchmark: "sample/cells", axis: "queries", notes: [], reported: [] };

/** Two cheap strategies, one that never learns anything of use. */
const cheap: Reproduction = {
  ...{ name: "cheap", title: "Cheap", source: "none", reportedFrom: "made up", drawn: true, notes: [] },
  methods: [
    { ...method("ignorant", ""), strategy: () => "random" },
    method("ridge", "siamese-nas:predictor=ridge,bts=false", "own"),
    method("other", "siamese-nas:predictor=ridge,bts=false", "elsewhere/losses"),
  ],
  order: ["ignorant", "ridge"],
  contrasts: [["ridge", "ignorant"]],
  panels: ({ samples = [20, 40] }) => [
    {
      ...{ ...panel, name: "k10", title: "K = 10", points: growingN(samples, 10, "N+K") },
      reported: [{ method: "ridge", x: 50, value: 80 }],
    },
    { ...panel, name: "n20", title: "N = 20", points: growingK(20, [5, 30]) },
    { ...panel, benchmark: "not/here", name: "gone", title: "Gone", points: growingK(20, [5]) },
  ],
};

const options: ReproduceOptions = {
  ...{ reproduction: cheap, seeds: 8, labels: ["mean", "random-seed"], pool },
  source: {
    async openBenchmark(name) {
      if (name === "sample/cells") return benchmark;
      throw new AssayError("unknown-benchmark", `The benchmark "${name}" is not here.`);
    },
    async openEstimation(of, name) {
      if (name === undefined) return readEstimationTable(of, "early");
      throw new AssayError("unknown-benchmark", `There is no benchmark of "${name}".`);
    },
  },
};

const withoutTimes = ({ runSeconds, ...report }: ReproduceReport) => report;

describe("reproduce", () => {
  test("one run with N samples serves every K and both charts, and all of it is in the report", async () => {
    const estimates: number[] = [];
    const report = await reproduce({ ...options, onEstimate: ({ runs }) => estimates.push(runs) });
    expect(estimates).toEqual([2 * 2 * 2 * 8]);
    expect(reproduceReportSchema.parse(report)).toEqual(report);
    expect(report.leftOut).toEqual([
      "The charts of not/here: the benchmark is not here.",
      "other: there are no estimation codes elsewhere/losses here.",
    ]);
    const [first, second] = report.panels;
    expect(first.readings.map(({ name }) => name)).toEqual([
      ...["mean-test-of-best-label", "mean-best-test", "random-seed-best-label"],
      ...["random-seed-test-of-best-label", "random-seed-best-test"],
    ]);
    const [ignorant, ridge] = first.readings[1].series;
    expect(ridge.points.map(({ x, runs }) => [x, runs])).toEqual([
      [30, 8],
      [50, 8],
    ]);
    expect(ridge.points[1]).toMatchObject({ reported: 80, difference: ridge.points[1].value.mean! - 80 });
    expect(ignorant.points[1]).toMatchObject({ reported: null, difference: null });
    // The curve of N = 20 can only rise from K = 5 over 10 to 30.
    const [five, thirty] = second.readings[1].series[1].points.map(({ value }) => value.mean!);
    expect(five).toBeLessThanOrEqual(ridge.points[0].value.mean!);
    expect(ridge.points[0].value.mean!).toBeLessThanOrEqual(thirty);
    const { order, contrasts } = first.readings[1];
    expect(order?.steps).toMatchObject([{ lower: "ignorant", higher: "ridge", pairs: 8, verdict: "higher" }]);
    expect(order?.sentence).toContain("At 40 + 10 queries, the published order the ignorant < the ridge holds");
    expect(contrasts).toMatchObject([{ lower: "ridge", higher: "ignorant", verdict: "lower" }]);
    expect(contrasts[0].difference.mean).toBeCloseTo(-order!.steps[0].difference.mean!, 10);
    const page = reproductionPage(report);
    expect(page).toContain("| the ridge | 20+10 | 8 |");
    expect(page).toContain("Left out: The charts of not/here");
  });

  test("goes on from its file, whatever was torn or does not belong to it, with the same result", async () => {
    const runsFile = join(folder, "runs.jsonl");
    const whole = await reproduce({ ...options, runsFile });
    const lines = readFileSync(runsFile, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(64);
    writeFileSync(runsFile, `${lines.slice(0, 9).join("\n")}\n{"key":"another"}\n${lines[9].slice(0, 40)}`);
    const only = await reproduce({ ...options, runsFile, onlyStored: true });
    expect(only.complete).toBe(false);
    expect(only.panels[0].readings[0].series[0].points.map(({ runs }) => runs)).not.toEqual([8, 8]);
    let planned: unknown;
    const again = await reproduce({ ...options, runsFile, onEstimate: (estimate) => (planned = estimate) });
    expect(planned).toMatchObject({ runs: 64, stored: 9 });
    expect(withoutTimes(again)).toEqual(withoutTimes(whole));
    // More seeds and another chart find what is there.
    await reproduce({ ...options, seeds: 2, samples: [20], runsFile, onEstimate: (estimate) => (planned = estimate) });
    expect(planned).toMatchObject({ runs: 8, stored: 8, seconds: 0 });
  });

  test("a stopped one keeps whole seeds and says that runs are missing", async () => {
    const stop = new AbortController();
    const report = await reproduce({
      ...{ ...options, labels: ["mean"], signal: stop.signal },
      onProgress: ({ runsDone }) => runsDone >= 4 && stop.abort(),
    });
    expect(report.complete).toBe(false);
    const counts = report.panels[0].readings[0].series.flatMap(({ points }) => points.map(({ runs }) => runs));
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  test("on another benchmark nothing is compared with reported numbers", async () => {
    const replaced = { ...options, benchmark: "sample/cells", methods: ["ridge"], labels: ["mean"], seeds: 1 };
    const published = await reproduce(replaced);
    expect(published.panels).toHaveLength(2);
    expect(published.panels[0].reported).toHaveLength(1);
    const elsewhere: Reproduction = {
      ...cheap,
      panels: (settings) => cheap.panels(settings).map((one) => ({ ...one, benchmark: "not/here" })),
    };
    const moved = await reproduce({ ...replaced, reproduction: elsewhere });
    expect(moved.panels[0].reported).toEqual([]);
    expect(moved.panels[0].readings[0].order).toBeNull();
  });

  test.each([
    [{ methods: ["rigde"] }, /no method "rigde"/],
    [{ labels: ["seed:9"] }, /no training seed "9"/],
    [{ samples: [20_000] }, /N = 20000 leaves none to find/],
    [{ benchmark: "not/here" }, /not\/here" is not here/],
    [{ seeds: 0 }, /seeds must be a whole number/],
  ])("%o is refused before any run", async (wrong, message) => {
    const runs: number[] = [];
    await expect(reproduce({ ...options, ...wrong, onProgress: () => runs.push(1) })).rejects.toThrow(message);
    expect(runs).toEqual([]);
  });
});

test("a runs file that cannot be written is a plain error", () => {
  const path = join(folder, "a-file");
  appendFileSync(path, "x\n");
  expect(() => openRunsFile(join(path, "runs.jsonl"))).toThrow(AssayError);
});

test("an order is told only beyond its interval", () => {
  const ranked = (name: string, values: (number | undefined)[]) => ({ name, title: name.toUpperCase(), values });
  const { steps, sentence } = testOrder(
    [ranked("a", [1, 2, 3, 4]), ranked("b", [1.1, 1.9, 3.1, 3.9]), ranked("c", [0, 1, undefined, 2.9])],
    "At the end",
  );
  expect(steps.map(({ verdict, pairs }) => [verdict, pairs])).toEqual([
    ["not-told-apart", 4],
    ["lower", 3],
  ]);
  expect(sentence).toBe(
    "At the end, the published order A < B < C is not confirmed: B is not told apart from A; C is worse than B, beyond the interval.",
  );
});

test.each(Object.values(reproductions))("$name: every name that it uses is one of its methods", (reproduction) => {
  const names = reproduction.methods.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const panels = reproduction.panels({});
  const used = [
    ...reproduction.order,
    ...(reproduction.contrasts ?? []).flat(),
    ...panels.flatMap(({ reported }) => reported.map((point) => point.method)),
  ];
  for (const name of used) expect(names).toContain(name);
  for (const { points, reported } of panels) {
    const places = points.map(({ x }) => x);
    for (const { x } of reported) expect(places).toContain(x);
  }
  expect(new Set(panels.map(({ name }) => name)).size).toBe(panels.length);
});
