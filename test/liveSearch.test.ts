import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openPack, savePack } from "../src/benchmark/index.js";
import { searchReportSchema } from "../src/experiment/searchReport.js";
import { createWorkerPool } from "../src/kernels/pool.js";
import { assay } from "./cliHarness.js";
import { fakeTraining } from "./fixtures/fakeTrainer.js";
import { samplePackContents } from "./sampleBenchmark.js";
import { registerStandIn } from "./standInPredictor.js";

registerStandIn();

// The command line as it is, but a training takes no time.
vi.mock("../src/threads.js", async (original) => {
  const { allTasks } = await original<typeof import("../src/threads.js")>();
  const tasks = { ...allTasks, "train-architecture": fakeTraining };
  return { allTasks: tasks, openThreads: () => createWorkerPool({ threads: 1, tasks }) };
});

const training = { dataset: "hard-digits", settings: { epochs: 5, channels: 8 }, seeds: [1, 2] };
const before = { ...process.env };
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-live-"));
  process.env["ASSAY_DATA"] = join(work, "data");
  process.env["ASSAY_HOME"] = join(work, "home");
  process.env["ASSAY_CACHE"] = join(work, "cache");
  const contents = samplePackContents("looked-up");
  savePack(contents, join(work, "data", "looked-up.parquet"));
  const metadata = { ...contents.metadata, name: "tiny-digits", training };
  savePack({ ...contents, metadata }, join(work, "data", "tiny-digits.parquet"));
  writeFileSync(join(work, "space.yaml"), "parameters:\n  kernel: [3, 5, 7]\n");
});

afterAll(() => {
  process.env = before;
  rmSync(work, { recursive: true, force: true });
});

const live = ["search", "--benchmark", "tiny-digits", "--live", "--strategy", "regularized-evolution"];
const train = [
  ...["search", "--space", "nasbench201", "--train", "hard-digits", "--trainer", "epochs=4,channels=8"],
  ...["--strategy", "regularized-evolution"],
];

test("a pack says how it was made", () => {
  expect(openPack(join(work, "data", "tiny-digits.parquet")).metadata.training).toEqual(training);
  expect(openPack(join(work, "data", "looked-up.parquet")).metadata.training).toBeUndefined();
});

describe("--live", () => {
  test("ends with the best cell, its rank in the table, and what random search would have found", async () => {
    const { exitCode, out, err } = await assay([...live, "--budget", "30", "--seed", "2"]);
    expect(err).toBe("");
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^30 live trainings on tiny-digits with regularized-evolution, seed 2\n/);
    expect(out).toMatch(/Best architecture, found at training \d+\n/);
    expect(out).toContain("▶");
    expect(out).toMatch(/validation +\d+\.\d\d %\n/);
    expect(out).toMatch(/trained in +0\.5 s/);
    expect(out).toMatch(/flops +[\d.]+ k MAC/);
    expect(out).toMatch(
      /in the table \d+\.\d\d %, rank [\d,]+ of 15,625, by mean label\n +\d+\.\d\d %, rank [\d,]+ of/,
    );
    expect(out).toMatch(/random +with 30 trainings random search chooses\s+\d+\.\d\d % test\s+value/);
    expect(out).toMatch(/label rule {3}trainer: validation accuracy of one training on hard-digits\s+\(epochs=5,/);
    expect(out).toContain("assay search --benchmark tiny-digits --strategy regularized-evolution --seed 2 --budget 60");
    expect(out).toContain("assay compare --benchmark tiny-digits --strategies");
    expect(out.split("\n").filter((line) => line.length > 80 && !/assay |\|nor_/.test(line))).toEqual([]);
  });

  test("the report holds curves, the recipe, the table's numbers and the same search for the same seed", async () => {
    const run = async () =>
      searchReportSchema.parse(JSON.parse((await assay([...live, "--budget", "25", "--json"])).out));
    const report = await run();
    expect(report).toMatchObject({ benchmark: "tiny-digits", label: "trainer", queries: 25 });
    expect(report.training).toEqual({ dataset: training.dataset, settings: training.settings });
    const { best, randomSearch, trials } = report;
    expect(best!.curves!["loss"]).toHaveLength(5);
    expect(best!.rank!.of).toBe(15_625);
    expect(best!.costs.map(({ value }) => value)).toEqual([best!.metrics["flops"], best!.metrics["params"]]);
    expect(report.bestTest).toBe(Math.max(...trials.map(({ metrics }) => metrics["test"] ?? 0)));
    expect(randomSearch).toMatchObject({ queries: 25, labels: "one training seed of the table" });
    expect(randomSearch!.curve).toHaveLength(25);
    expect(randomSearch!.bestLabel.mean!).toBeGreaterThan(randomSearch!.curve[0].mean!);
    const labels = (some: typeof report) => some.trials.map(({ architecture, label }) => [architecture, label]);
    expect(labels(await run())).toEqual(labels(report));
  });

  test("a diverged training is a failed one, and the search goes on", async () => {
    const { out } = await assay([...live, "--strategy", "random", "--budget", "60", "--json"]);
    const { failures, trials } = searchReportSchema.parse(JSON.parse(out));
    expect(failures).toBeGreaterThan(0);
    expect(trials.find(({ label }) => label === null)?.failure).toBe("the loss was no longer finite in epoch 2");
  });

  test("trains the estimation codes that a strategy asks for, and says what they cost", async () => {
    const siamese = "siamese-nas:predictor=stand-in,bts=false,samples=12,evaluate=4,fine=20";
    const asking = [...live.slice(0, 4), "--strategy", siamese, "--budget", "16", "--threads", "1"];
    const { out } = await assay(asking);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/estimation codes: 31 \(losses\), [\d.]+ % of a training each/);
    const coded = [...asking, "--estimation-code", "losses:epochs=1,share=1"];
    const cheap = await assay(coded);
    expect(cheap.out.replaceAll(/\s+/g, " ")).toContain("31 (losses), 20 % of a training each, together 6.2 trainings");
    expect(cheap.out).toContain("--budget 16 --study first");
    expect(cheap.out.match(/--estimation-code/g)).toHaveLength(1);
    expect((await assay([...asking, "--estimation-code", "none"])).out).not.toContain("estimation codes:");
    const report = async () => searchReportSchema.parse(JSON.parse((await assay([...coded, "--json"])).out));
    const trialsOf = ({ trials }: Awaited<ReturnType<typeof report>>) =>
      trials.map(({ seconds: _, ...trial }) => trial);
    expect(trialsOf(await report())).toEqual(trialsOf(await report()));
  });

  test("writes a page, and goes on as a study", async () => {
    const [page, file] = [join(work, "page.html"), join(work, "live.json")];
    const storage = join(work, "live.db");
    const place = ["--study", "live", "--storage", storage];
    const { out, err } = await assay([...live, "--budget", "20", ...place, "--report", page, "--out", file]);
    expect(err).toBe(`study live in ${storage}\nwrote ${file}\nwrote ${page}\n`);
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>/);
    expect(readFileSync(page, "utf8").match(/<figure>/g)).toHaveLength(4);
    expect(out).toContain(`assay resume live --storage ${storage} --budget 40`);
    const more = await assay(["resume", "live", "--storage", storage, "--budget", "30", "--json"]);
    const earlier = searchReportSchema.parse(JSON.parse(readFileSync(file, "utf8"))).trials;
    expect(searchReportSchema.parse(JSON.parse(more.out)).trials.slice(0, 20)).toEqual(earlier);
    const other = await assay([...live.filter((word) => word !== "--live"), "--budget", "30", "--warm-start", file]);
    expect(other.err).toContain("has labels of tiny-digits (trainer), this search of tiny-digits (mean)");
  });

  test("a stop shows and writes what is known so far", async () => {
    const stop = new AbortController();
    const page = join(work, "stopped.html");
    const { exitCode, out, err } = await assay([...live, "--budget", "5000", "--report", page], {
      signal: stop.signal,
      watched: true,
      onErr: (text) => {
        if (/ [1-9]\d*\/5000 trainings/.test(text)) stop.abort();
      },
    });
    expect(exitCode).toBe(130);
    expect(err).toContain("0/5000 trainings");
    expect(err).toMatch(/\d+\/5000 trainings · best \d/);
    expect(out).toContain("Stopped before the 5,000 trainings of the budget were done.");
    expect(readFileSync(page, "utf8")).toContain("Stopped before the 5,000 trainings");
  });
});

describe("--train", () => {
  test("trains a space without a table", async () => {
    const { exitCode, out } = await assay([...train, "--budget", "20"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^20 live trainings on nasbench201 with hard-digits with regularized-evolution, seed 1\n/);
    expect(out).not.toContain("in the table");
    expect(out).not.toContain("random ");
    expect(out).toContain("(epochs=4, channels=8)");
    expect(out).toContain("--train hard-digits --trainer epochs=4,channels=8 --strategy");
  });

  test("goes on only from trainings with the same settings", async () => {
    const file = join(work, "train.json");
    await assay([...train, "--budget", "10", "--out", file]);
    expect((await assay([...train, "--budget", "2", "--warm-start", file])).exitCode).toBe(0);
    const others = train.map((word) => (word.startsWith("epochs") ? "channels=8,epochs=5" : word));
    const { err } = await assay([...others, "--budget", "12", "--warm-start", file]);
    expect(err).toContain(
      "trainings on hard-digits with channels=8, epochs=4, this search of trainings on hard-digits",
    );
  });
});

test("--report shows a search on a table beside random search", async () => {
  const page = join(work, "table.html");
  const words = ["search", "--benchmark", "looked-up", "--strategy", "random", "--budget", "10"];
  expect((await assay([...words, "--report", page])).exitCode).toBe(0);
  expect(readFileSync(page, "utf8")).toContain("with 10 queries random search chooses");
});

describe("refusals", () => {
  const cases: [title: string, words: () => string[], expected: RegExp][] = [
    ["live without a benchmark", () => ["search", "--live"], /--live .* needs --benchmark/],
    [
      "live on a table of others",
      () => ["search", "--benchmark", "looked-up", "--live"],
      /looked-up was not made by the built-in trainer[\s\S]*without --live/,
    ],
    ["live with a label", () => [...live, "--label", "mean"], /--label chooses from a table/],
    ["live with an evaluation", () => [...live, "--evaluate", "x.mjs"], /--live evaluates with the built-in trainer/],
    ["live with a time limit", () => [...live, "--timeout", "5"], /--timeout belongs to --evaluate/],
    ["live and train", () => [...live, "--train", "digits"], /not both/],
    ["live with other settings", () => [...live, "--trainer", "epochs=1"], /settings that made the table/],
    ["settings without training", () => ["search", "--trainer", "epochs=1"], /--trainer belongs to --train/],
    [
      "a code of a table",
      () => [...live, "--estimation-code", "early"],
      /live search has no estimation code "early"[\s\S]*losses:epochs=3/,
    ],
    [
      "a code with a strange option",
      () => [...live, "--estimation-code", "losses:part=1"],
      /losses has no option "part"/,
    ],
    ["a data set that is not there", () => [...train.slice(0, 4), "digitz"], /There is no data set "digitz"/],
    [
      "settings that are not there",
      () => [...train.slice(0, 5), "--trainer", "epoch=1"],
      /trainer has no option "epoch"/,
    ],
    ["malformed settings", () => [...train.slice(0, 5), "--trainer", "epochs"], /"epochs" is not key=value/],
    ["train without a space", () => ["search", "--train", "digits"], /needs --space/],
    [
      "train with a benchmark",
      () => ["search", "--benchmark", "looked-up", "--train", "digits"],
      /takes no --benchmark/,
    ],
    [
      "a space without networks",
      () => ["search", "--space", join(work, "space.yaml"), "--train", "digits"],
      /cannot build networks of the space .*space\.yaml[\s\S]*nasbench201/,
    ],
    [
      "another space",
      () => ["search", "--space", "nasbench101", "--train", "digits"],
      /networks of the space nasbench101/,
    ],
    [
      "a report with a strange ending",
      () => [...live, "--report", join(work, "page.pdf")],
      /--report .*expected a file ending in \.html/,
    ],
    ["a budget beyond the table", () => [...live, "--budget", "20000"], /more than the 15,625 architectures/],
  ];

  test.each(cases)("%s", async (_, words, expected) => {
    const { exitCode, out, err } = await assay(words());
    expect(err).toMatch(expected);
    expect(err).toMatch(/^error: /);
    expect(out).toBe("");
    expect(exitCode).toBe(2);
  });
});
