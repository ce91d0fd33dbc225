import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareReportSchema, predictReportSchema } from "../src/experiment/report.js";
import { searchReportSchema } from "../src/experiment/searchReport.js";
import { assay } from "./cliHarness.js";
import { registerExplaining } from "./explainingStrategy.js";
import { sampleDataFolder } from "./sampleBenchmark.js";
import { registerStandIn } from "./standInPredictor.js";

registerStandIn();
registerExplaining();

const data = sampleDataFolder();
const before = { ...process.env };
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-cli-"));
  process.env["ASSAY_DATA"] = data.folder;
  process.env["ASSAY_HOME"] = join(work, "home");
  process.env["ASSAY_CACHE"] = join(work, "cache");
  writeFileSync(
    join(work, "space.yaml"),
    "parameters:\n  kernel: [3, 5, 7]\n  depth: [1, 2, 3, 4]\n  width: [16, 32, 64]\n",
  );
  writeFileSync(
    join(work, "objective.mjs"),
    "export default ({ parameters }) => ({ label: 80 + parameters.depth - Math.abs(parameters.kernel - 5), latency: parameters.width });\n",
  );
  writeFileSync(join(work, "broken.mjs"), "export default () => { throw new Error('no GPU here'); };\n");
});

afterAll(() => {
  process.env = before;
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

/** JSON without the numbers that depend on the clock and the machine. */
function withoutTimes(text: string): unknown {
  return JSON.parse(text, (key, value) =>
    ["seconds", "secondsPerRun", "peakRssMegabytes", "fitSeconds", "rankSeconds"].includes(key) ? undefined : value,
  );
}

describe("search", () => {
  const words = ["search", "--benchmark", "sample/cells", "--strategy", "regularized-evolution", "--budget", "40"];

  test("ends with the best architecture, what it costs, where it ranks and what to do next", async () => {
    const { exitCode, out, err } = await assay([...words, "--seed", "3"]);
    expect(exitCode).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/^40 queries on sample\/cells with regularized-evolution, seed 3\n/);
    expect(out).toMatch(/label +\d+\.\d\d %, rank [\d,]+ of 15,625/);
    expect(out).toMatch(/test +\d+\.\d\d %, rank [\d,]+ of 15,625/);
    expect(out).toMatch(/flops +[\d.]+ M MAC/);
    expect(out).toMatch(/params +[\d.]+ [kM] parameters/);
    expect(out).toMatch(/\|\w+~0\|\+\|/);
    expect(out).toContain("test-of-best-label");
    expect(out).toContain("best-test");
    expect(out).toContain("label rule   mean: ");
    expect(out).toContain(
      "assay compare --benchmark sample/cells --strategies regularized-evolution random --budget 40",
    );
    expect(out.split("\n").filter((line) => line.length > 80 && !/assay |\|nor_/.test(line))).toEqual([]);
  });

  test("says what estimation codes came to, and takes those of another name or none", async () => {
    const siamese = "siamese-nas:predictor=stand-in,bts=false,samples=20,evaluate=10,fine=40";
    const asking = [...words.slice(0, 4), siamese, "--budget", "30", "--threads", "1"];
    const { out } = await assay(asking);
    expect(out.replaceAll(/\s+/g, " ")).toContain(
      "estimation codes: 60 (early), 1.5 % of a training each, together 0.9 trainings",
    );
    expect((await assay([...asking, "--estimation-code", "score"])).out).toContain("60 (score), 0 % of a training");
    const none = await assay([...asking, "--estimation-code", "none"]);
    expect(none.out).not.toContain("estimation codes");
    expect(none.out).toContain("--estimation-code none");
    const wrong = await assay([...asking, "--estimation-code", "losses"]);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toContain('sample/cells has no estimation code "losses"');
    const comparing = ["compare", "--benchmark", "sample/cells", "--budget", "30", "--seeds", "1", "--threads", "1"];
    const compared = await assay([...comparing, "--strategies", siamese, "random"]);
    expect(compared.out.replaceAll(/\s+/g, " ")).toContain(
      `estimation codes of a run of ${siamese}: 60 (early), 1.5 % of a training each, together 0.9 trainings`,
    );
  });

  test("shows what the strategy thought and what it recommends, and goes on as a study", async () => {
    const file = join(work, "explained.json");
    const page = join(work, "explained.html");
    const third = ["search", "--benchmark", "sample/cells", "--strategy", "explaining:place=3", "--threads", "1"];
    const place = ["--storage", join(work, "explained.db")];
    const kept = [...third, "--study", "explained", ...place];
    const { out, err } = await assay([...kept, "--budget", "30", "--out", file, "--report", page]);
    expect(err).toContain("explained.html");
    expect(out).toMatch(/ {2}recommended {2}\|\w+~0\|/);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(
      /predicted [\d.]+ ± 0.11 %, the best of those evaluated with 64 % probability evaluated at query \d+: label [\d.]+ %, test [\d.]+ %/,
    );
    expect(out.split("\n").filter((line) => line.length > 80 && !/assay |\|\w+~0\|/.test(line))).toEqual([]);
    expect(readFileSync(page, "utf8")).toContain("exploit: A guess.");
    const report = searchReportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    expect(report.trials[3].explanation).toEqual({ reason: "start" });
    expect(report.trials[29].explanation).toMatchObject({ reason: "exploit", predicted: { standardDeviation: 0.4 } });
    expect(report.recommendation).toMatchObject({
      probabilityBest: 0.64,
      costs: [{ name: "flops" }, { name: "params" }],
    });
    expect(report.recommendation?.label).toBe(report.trials[report.recommendation!.number!].label);

    const resumed = await assay(["resume", "explained", ...place, "--budget", "40", "--threads", "1", "--json"]);
    const longer = searchReportSchema.parse(JSON.parse(resumed.out));
    expect(longer.trials.slice(0, 30)).toEqual(report.trials);
    expect((await assay([...third.slice(0, 4), "explaining", "--budget", "20"])).out).toContain(
      "recommended  the one with the best label, above\n",
    );
  });

  test("the same seed gives the same search, another seed another", async () => {
    const run = async (seed: string) => withoutTimes((await assay([...words, "--seed", seed, "--json"])).out);
    const first = await run("1");
    expect(searchReportSchema.strip().safeParse(first).success).toBe(false);
    expect(await run("1")).toEqual(first);
    expect(await run("2")).not.toEqual(first);
  });

  test("JSON has its documented form and the file holds the same", async () => {
    const file = join(work, "search.json");
    const { out, err } = await assay([...words, "--json", "--out", file]);
    const report = searchReportSchema.parse(JSON.parse(out));
    expect(report.queries).toBe(40);
    expect(report.trials).toHaveLength(40);
    expect(new Set(report.trials.map(({ architecture }) => architecture)).size).toBe(40);
    expect(report.best?.label).toBe(Math.max(...report.trials.map(({ label }) => label!)));
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(report);
    expect(err).toBe(`wrote ${file}\n`);
  });

  test("a study goes on where it was, and is that of one run", async () => {
    const place = ["--storage", join(work, "studies.db")];
    const kept = [...words, "--study", "kept", ...place];
    const first = await assay([...kept.slice(0, -4), "--budget", "20", ...kept.slice(-4), "--json"]);
    expect(first.err).toContain("study kept in ");
    const resumed = await assay(["resume", "kept", ...place, "--budget", "40", "--json"]);
    expect(resumed.err).toContain("20 of 40 trials are there");
    const whole = await assay([...words, "--json"]);
    const trialsOf = (out: string) =>
      searchReportSchema.parse(JSON.parse(out)).trials.map((trial) => ({ ...trial, seconds: 0 }));
    expect(trialsOf(resumed.out)).toEqual(trialsOf(whole.out));
    // The same command again has nothing left to do.
    const again = await assay([...kept, "--json"]);
    expect(trialsOf(again.out)).toEqual(trialsOf(whole.out));
    const other = await assay([...kept, "--seed", "2"]);
    expect(other.exitCode).toBe(2);
    expect(other.err).toContain('The study "kept" was made with --seed 1, not with --seed 2.');
    expect((await assay(["resume", "kepd", ...place])).err).toContain('Did you mean "kept"?');
    expect((await assay(["resume", "kept", "--storage", join(work, "none.db")])).err).toContain("There is no file ");
  });

  test("a search begins with earlier evaluations, which do not count", async () => {
    const file = join(work, "first.json");
    await assay([...words, "--out", file]);
    const { out } = await assay([...words, "--warm-start", file, "--json"]);
    const { trials } = searchReportSchema.parse(JSON.parse(out));
    const earlier = searchReportSchema.parse(JSON.parse(readFileSync(file, "utf8"))).trials;
    expect(trials).toHaveLength(40);
    expect(new Set([...trials, ...earlier].map(({ architecture }) => architecture)).size).toBe(80);
    const place = ["--storage", join(work, "warm.db")];
    await assay([...words, "--study", "warm", ...place]);
    const ofStudy = await assay([...words, "--warm-start", "warm", ...place, "--study", "second", "--json"]);
    const trialsOf = (out: string) =>
      searchReportSchema.parse(JSON.parse(out)).trials.map(({ architecture }) => architecture);
    expect(trialsOf(ofStudy.out)).toEqual(trialsOf(out));
    const csv = join(work, "warm.csv");
    await assay(["export-trials", "warm", ...place, "--out", csv]);
    expect(trialsOf((await assay([...words, "--warm-start", csv, "--json"])).out)).toEqual(trialsOf(out));
    expect((await assay([...words, "--warm-start", "wram", ...place])).err).toContain("--storage belongs to --study");
    const misspelt = await assay([...words, "--warm-start", "wram", ...place, "--study", "third"]);
    expect(misspelt.err).toContain('Did you mean "warm"?');
  });

  test("searches an own space with an own evaluation", async () => {
    const { exitCode, out } = await assay([
      ...["search", "--space", join(work, "space.yaml"), "--evaluate", join(work, "objective.mjs")],
      ...["--strategy", "regularized-evolution", "--budget", "30"],
    ]);
    expect(exitCode).toBe(0);
    expect(out).toContain("kernel=5,depth=4");
    expect(out).toMatch(/label +84\.00\n/);
    expect(out).toMatch(/latency +\d+\.\d+\n/);
    expect(out).toContain("--study first");
  });

  test("gives up where every evaluation fails, with the reason", async () => {
    const { exitCode, err } = await assay([
      ...["search", "--space", join(work, "space.yaml"), "--evaluate", join(work, "broken.mjs")],
      ...["--strategy", "random", "--budget", "30"],
    ]);
    expect(exitCode).toBe(2);
    expect(err).toContain("The first 5 evaluations all failed; the first with: no GPU here");
    const few = await assay([
      ...["search", "--space", join(work, "space.yaml"), "--evaluate", join(work, "broken.mjs")],
      ...["--strategy", "random", "--budget", "2"],
    ]);
    expect(few.exitCode).toBe(2);
    expect(few.err).toContain("Every evaluation failed; the first with: no GPU here");
    expect(few.out).not.toContain("Next");
  });

  test("a stop shows what is known so far and writes the file", async () => {
    const stop = new AbortController();
    const slow = join(work, "slow.mjs");
    writeFileSync(
      slow,
      "export default async ({ trial }) => { await new Promise((r) => setTimeout(r, 5)); if (trial === 3) globalThis.stopAssayTest(); return trial; };\n",
    );
    (globalThis as unknown as { stopAssayTest: () => void }).stopAssayTest = () => stop.abort();
    const file = join(work, "stopped.json");
    const { exitCode, out } = await assay(
      [
        ...["search", "--space", join(work, "space.yaml"), "--evaluate", slow],
        ...["--strategy", "random", "--budget", "30", "--out", file],
        ...["--study", "stopped one", "--storage", join(work, "stopped.db")],
      ],
      { signal: stop.signal },
    );
    expect(exitCode).toBe(130);
    expect(out).toContain("Stopped before the 30 queries of the budget were done.");
    expect(out).toContain("Best architecture, found at query");
    expect(out).toContain(`assay resume 'stopped one' --storage ${join(work, "stopped.db")}`);
    const report = searchReportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    expect(report.ended).toBe("stopped");
    expect(report.queries).toBeGreaterThanOrEqual(3);
  });

  test("progress only where a person watches", async () => {
    const { err } = await assay(words, { watched: true });
    expect(err).toContain("40/40 queries");
    expect(err.endsWith("\r\u001b[K")).toBe(true);
  });
});

describe("compare", () => {
  const words = [
    ...["compare", "--benchmark", "sample/cells", "--budget", "30", "--seeds", "3", "--threads", "1"],
    ...["--strategies", "random", "regularized-evolution:population=10"],
  ];

  test("prints tables of at most 80 letters by both curve rules", async () => {
    const { exitCode, out, err } = await assay(words);
    expect(exitCode).toBe(0);
    expect(err).toBe("");
    expect(out).toContain("Best test value % among all queried");
    expect(out).toContain("Test value % of the architecture with the best label so far");
    expect(out).toMatch(/random +\d\d\.\d\d +\d\d\.\d\d +\d\d\.\d\d +\d+ \(\d+ %\) +\d/);
    expect(out).toContain("population=10");
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("JSON has the form of the issue and a curve point at every multiple of 10", async () => {
    const { out, err } = await assay([...words, "--json"]);
    expect(err).toBe("");
    const report = compareReportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({ schema: 1, benchmark: "sample/cells", label: "mean", budget: 30, seeds: 3 });
    expect(report.results.map(({ strategy }) => strategy)).toEqual(["random", "regularized-evolution"]);
    expect(report.results[1].options).toMatchObject({ population: 10 });
    for (const { curve, queriesToOptimum, secondsPerRun, peakRssMegabytes } of report.results) {
      expect(curve.map(({ queries }) => queries)).toEqual([10, 20, 30]);
      for (const { bestTest, testOfBestLabel } of curve) {
        expect(bestTest.mean!).toBeGreaterThanOrEqual(testOfBestLabel.mean!);
        expect(bestTest.ci95[0]!).toBeLessThanOrEqual(bestTest.mean!);
        expect(bestTest.ci95[1]!).toBeGreaterThanOrEqual(bestTest.mean!);
      }
      expect(queriesToOptimum.test.cappedMean).toBeLessThanOrEqual(30);
      expect(secondsPerRun.median).toBeGreaterThan(0);
      expect(peakRssMegabytes).toBeGreaterThan(10);
    }
  });

  test("writes figures and JSON to a folder that it makes", async () => {
    const folder = join(work, "results");
    await assay([...words, "--out", `${folder}/`]);
    const measures = ["best-label", "best-test", "test-of-best-label"];
    expect(readdirSync(folder).sort()).toEqual(
      [
        ...["compare.json", "regret.svg", "report.html"],
        ...measures.flatMap((name) => [`${name}.svg`, `${name}.csv`, `final-${name}.svg`, `final-${name}.csv`]),
        ...measures.map((name) => `queries-to-target-${name}.csv`),
      ].sort(),
    );
    const final = readFileSync(join(folder, "final-best-test.csv"), "utf8").trim().split("\r\n");
    expect(final).toHaveLength(1 + 2 * 3);
    expect(readFileSync(join(folder, "best-test.svg"), "utf8")).toMatch(/^<svg /);
    const svg = join(work, "one.svg");
    await assay([...words, "--out", svg]);
    expect(readFileSync(svg, "utf8")).toBe(readFileSync(join(folder, "best-test.svg"), "utf8"));
  });

  test("has a table of recommendations where a strategy gives some, and a dash for the others", async () => {
    const many = ["compare", "--benchmark", "sample/cells", "--budget", "30", "--seeds", "2", "--threads", "1"];
    const { out } = await assay([...many, "--strategies", "explaining:place=2", "random"]);
    const [, table] = out.split("Test value % of what the strategy itself recommends after 30 queries\n");
    expect(table).toMatch(/^strategy +best label +recommended +runs +evaluated\n/);
    expect(table).toMatch(/\nexplaining:place=2 +\d\d\.\d\d +\d\d\.\d\d +2 of 2 +100 %\n +\S+–\S+ +\S+–\S+\n/);
    expect(table).toMatch(/\nrandom +\d\d\.\d\d +- +- +-\n/);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect((await assay([...many, "--strategies", "random"])).out).not.toContain("recommend");
  });

  test("a run of a comparison is the search with the same seed", async () => {
    const single = ["--benchmark", "sample/cells", "--budget", "30", "--seed", "7", "--label", "noisy(0.5)", "--json"];
    const compared = compareReportSchema.parse(
      JSON.parse((await assay(["compare", ...single, "--seeds", "1", "--strategies", "random"])).out),
    );
    const searched = searchReportSchema.parse(
      JSON.parse((await assay(["search", ...single, "--strategy", "random"])).out),
    );
    expect(compared.results[0].curve.at(-1)?.bestTest.mean).toBe(searched.bestTest);
    expect(compared.results[0].curve.at(-1)?.bestLabel.mean).toBe(searched.best?.label);
  });

  test("a stop reports the runs that were done", async () => {
    const stop = new AbortController();
    const { exitCode, out, err } = await assay([...words.slice(0, 5), "--seeds", "50", "--threads", "1", "--json"], {
      signal: stop.signal,
      watched: true,
      onErr: () => stop.abort(),
    });
    expect(exitCode).toBe(130);
    const report = compareReportSchema.parse(JSON.parse(out));
    expect(report.complete).toBe(false);
    expect(err).toMatch(/Stopped after \d+ of 200 runs\./);
  });
});

describe("predict", () => {
  const words = [
    ...["predict", "--benchmark", "sample/cells", "--predictors", "ridge", "random-forest:trees=10"],
    ...["--train-sizes", "20", "40", "--seeds", "2", "--threads", "1"],
  ];

  test("JSON has the form of the issue", async () => {
    const { exitCode, out, err } = await assay([...words, "--json"]);
    expect(err).toBe("");
    expect(exitCode).toBe(0);
    const report = predictReportSchema.parse(JSON.parse(out));
    expect(report.against).toBe("test_accuracy");
    expect(report.results.map(({ predictor, trainSize }) => [predictor, trainSize])).toEqual([
      ["ridge", 20],
      ["ridge", 40],
      ["random-forest", 20],
      ["random-forest", 40],
    ]);
    // The made-up accuracies are nearly linear in the operations.
    expect(report.results[1].kendallTau.mean!).toBeGreaterThan(0.7);
    expect(report.results[1].recallAt100.mean!).toBeGreaterThan(0.2);
    expect(report.results[3].spearman.mean!).toBeGreaterThan(0.2);
  });

  test("prints a table and writes a figure", async () => {
    const svg = join(work, "tau.svg");
    const { out, err } = await assay([...words, "--out", svg]);
    expect(out).toMatch(/ridge +20 +\d\.\d{3} ±\d\.\d{3}/);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(err).toBe(`wrote ${svg}\n`);
    expect(existsSync(svg)).toBe(true);
  });
});

describe("lists", () => {
  test("benchmarks: what is there, where it was looked for, how to get more", async () => {
    const { out } = await assay(["benchmarks"]);
    expect(out).toMatch(/sample\/cells +15,625 {2}Made-up accuracies/);
    expect(out).toContain(`the folder in ASSAY_DATA: ${data.folder} (1)`);
    expect(out).toContain("assay import");
    const { benchmarks } = JSON.parse((await assay(["benchmarks", "--json"])).out);
    expect(benchmarks).toContainEqual(expect.objectContaining({ name: "sample/cells", rows: 15_625 }));
    expect(benchmarks[0].estimationCodes).toContainEqual({
      ...{ name: "early", numbers: 2, cost: 0.015, description: "made up" },
    });
    const { err } = await assay(["benchmarks", "--verbose"]);
    expect(err).toContain("sample/cells: estimation codes early (1.5 % of a training), score (0 % of a training)");
  });

  test.each([
    ["strategies", ["default", "random", "regularized-evolution", "weaknas"]],
    ["predictors", ["mlp", "gradient-boosting", "random-forest", "ridge"]],
    ["spaces", ["nasbench201", "nasbench101"]],
    ["datasets", ["digits", "hard-digits", "idx", "cifar10", "cifar100", "images"]],
  ])("%s with their options and defaults", async (kind, names) => {
    const { out } = await assay([kind]);
    for (const name of names) expect(out).toMatch(new RegExp(`^${name}$`, "m"));
    const listed = JSON.parse((await assay([kind, "--json"])).out)[kind] as { name: string; options: unknown[] }[];
    for (const name of names) {
      expect(listed).toContainEqual(expect.objectContaining({ name, options: expect.any(Array) }));
    }
  });

  test("import without arguments lists the formats", async () => {
    const { out, exitCode } = await assay(["import"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("nasbench201-csv");
  });
});

describe("help", () => {
  test("names every command, and help of a command its options", async () => {
    const { exitCode, out } = await assay(["--help"]);
    expect(exitCode).toBe(0);
    const commands = [
      ...["search", "compare", "predict", "reproduce", "import", "build-benchmark"],
      ...["benchmarks", "spaces", "strategies", "predictors", "datasets"],
    ];
    for (const name of commands) {
      expect(out).toMatch(new RegExp(`^ {2}${name} `, "m"));
      const help = await assay([name, "--help"]);
      expect(help.exitCode).toBe(0);
      expect(help.out).toContain(`Usage: assay ${name}`);
      expect(help.out).toContain("--json");
      expect(help.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
    expect((await assay(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await assay([])).toMatchObject({ exitCode: 2, out: "" });
  });
});

describe("refusals: exit code 2, what is wrong and what to do", () => {
  const benchmark = ["--benchmark", "sample/cells"];
  const random = [...benchmark, "--strategy", "random"];
  const space = () => ["--space", join(work, "space.yaml")];
  const evaluate = () => ["--evaluate", join(work, "objective.mjs")];
  const cases: [title: string, words: () => string[], expected: RegExp][] = [
    ["unknown command", () => ["serch"], /unknown command 'serch'[\s\S]*Did you mean search\?/],
    ["unknown option", () => ["search", ...random, "--budgt", "3"], /unknown option '--budgt'[\s\S]*--budget/],
    ["surplus argument", () => ["search", ...random, "more"], /too many arguments/],
    ["nothing to search", () => ["search"], /nothing to search[\s\S]*assay benchmarks/],
    ["space without evaluation", () => ["search", ...space()], /--evaluate is missing/],
    ["evaluation without space", () => ["search", ...evaluate()], /--space is missing/],
    ["benchmark and space", () => ["search", ...random, ...space()], /cannot be combined/],
    ["label without benchmark", () => ["search", ...space(), ...evaluate(), "--label", "mean"], /--label belongs to/],
    ["compare without benchmark", () => ["compare"], /'-b, --benchmark <name>' not specified/],
    [
      "unknown benchmark",
      () => ["search", "--benchmark", "sample/cell"],
      /no benchmark "sample\/cell"[\s\S]*sample\/cells/,
    ],
    [
      "unknown strategy",
      () => ["search", ...benchmark, "--strategy", "weeknas"],
      /no strategy "weeknas"[\s\S]*"weaknas"/,
    ],
    [
      "unknown strategy among several",
      () => ["compare", ...benchmark, "--strategies", "random", "rondom"],
      /no strategy "rondom"[\s\S]*"random"/,
    ],
    ["unknown option of a strategy", () => ["search", ...benchmark, "-s", "weaknas:pop=3"], /no option "pop"/],
    [
      "bad option of a strategy",
      () => ["search", ...benchmark, "-s", "weaknas:batch=0"],
      /"batch" of strategy weaknas/,
    ],
    ["malformed spec", () => ["search", ...benchmark, "-s", "weaknas:batch"], /Cannot read "weaknas:batch"/],
    ["unknown predictor", () => ["predict", ...benchmark, "-p", "mpl"], /no predictor "mpl"[\s\S]*"mlp"/],
    ["unknown label", () => ["search", ...random, "--label", "maen"], /no label rule or metric "maen"[\s\S]*"mean"/],
    ["unknown label in compare", () => ["compare", ...benchmark, "--label", "seed:9"], /no training seed "9"/],
    ...["0", "-1", "abc", "1.5", "", "1e99"].map((text): [string, () => string[], RegExp] => [
      `budget ${JSON.stringify(text)}`,
      () => ["search", ...random, `--budget=${text}`],
      /option '--budget <queries>' argument '.*' is invalid\. Expected a whole number from 1/,
    ]),
    ["budget beyond the table", () => ["search", ...random, "--budget", "1000000"], /more than the 15,625 arch/],
    [
      "budget beyond the table in compare",
      () => ["compare", ...benchmark, "--budget", "20000"],
      /more than the 15,625/,
    ],
    [
      "budget beyond an own space",
      () => ["search", ...space(), ...evaluate(), "--budget", "37"],
      /37 queries is more than the 36 architectures/,
    ],
    ["seeds 0", () => ["compare", ...benchmark, "--seeds", "0"], /'--seeds <count>' argument '0' is invalid/],
    ["threads 0", () => ["compare", ...benchmark, "--threads", "0"], /'--threads <count>' argument '0' is invalid/],
    ["batch 0", () => ["search", ...random, "--batch", "0"], /'--batch <count>' argument '0' is invalid/],
    ["seed -1", () => ["search", ...random, "--seed=-1"], /'--seed <number>' argument '-1' is invalid/],
    ["train size 1", () => ["predict", ...benchmark, "--train-sizes", "1"], /'--train-sizes <counts...>' argument '1'/],
    ["train size abc", () => ["predict", ...benchmark, "--train-sizes", "30", "abc"], /argument 'abc' is invalid/],
    [
      "train size beyond the table",
      () => ["predict", ...benchmark, "-p", "ridge", "--train-sizes", "15624"],
      /sample of 15624 does not fit/,
    ],
    [
      "missing space file",
      () => ["search", "--space", join(work, "no.yaml"), ...evaluate()],
      /There is no file .*no\.yaml/,
    ],
    ["missing module", () => ["search", ...space(), "--evaluate", join(work, "no.mjs")], /There is no file .*no\.mjs/],
    ["misspelt space", () => ["search", "--space", "nasbench21", ...evaluate()], /Did you mean "nasbench201"/],
    [
      "out in a folder that is not there",
      () => ["search", ...random, "--out", join(work, "none", "a.json")],
      /there is no folder .*none[\s\S]*mkdir -p/,
    ],
    [
      "out with a strange ending",
      () => ["search", ...random, "--out", join(work, "a.txt")],
      /expected a file ending in \.json/,
    ],
    ["out as a folder of search", () => ["search", ...random, "--out", work], /expected a file ending in \.json/],
    [
      "out that cannot be a folder",
      () => ["compare", ...benchmark, "--out", join(work, "space.yaml", "x/")],
      /cannot be made/,
    ],
    ["warm start from nothing", () => ["search", ...random, "--warm-start", join(work, "none.json")], /Cannot read/],
    [
      "storage without study",
      () => ["search", ...random, "--storage", join(work, "a.db")],
      /--storage belongs to --study/,
    ],
    [
      "warm start from something else",
      () => ["search", ...random, "--warm-start", join(work, "space.yaml")],
      /is no \.csv and no \.json/,
    ],
    ["import without a path", () => ["import", "nasbench201-csv"], /path to import is missing/],
    ["import of an unknown format", () => ["import", "nasbench", "x"], /no format "nasbench"/],
    [
      "import into a file",
      () => ["import", "nasbench201-csv", work, "--out", join(work, "pack.parquet")],
      /pack\.parquet: expected a folder\.\n/,
    ],
    ["import of a missing path", () => ["import", "nasbench201-csv", join(work, "none")], /none/],
  ];

  test.each(cases)("%s", async (_, words, expected) => {
    const { exitCode, out, err } = await assay(words());
    expect(err).toMatch(expected);
    expect(err).toMatch(/^error: /);
    expect(err).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(out).toBe("");
    expect(exitCode).toBe(2);
  });
});

test("an internal fault exits with 1, and its stack shows with --verbose only", async () => {
  const faulty = ["benchmarks"];
  const places = process.env["ASSAY_DATA"];
  // A value that no environment can hold makes the command itself fail.
  const broken = new Proxy(process.env, {
    get(target, name) {
      if (name === "ASSAY_DATA") throw new TypeError("broken environment");
      return Reflect.get(target, name);
    },
  });
  const kept = process.env;
  process.env = broken;
  try {
    const quiet = await assay(faulty);
    expect(quiet.exitCode).toBe(1);
    expect(quiet.err).toBe(
      "internal error: broken environment\nhint: This is a fault of assay. Run again with --verbose to see where it happened.\n",
    );
    const verbose = await assay([...faulty, "--verbose"]);
    expect(verbose.err).toMatch(/^\s+at .*:\d+:\d+/m);
  } finally {
    process.env = kept;
  }
  expect(process.env["ASSAY_DATA"]).toBe(places);
});
