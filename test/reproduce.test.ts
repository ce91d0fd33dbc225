import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reproduceReportSchema } from "../src/experiment/reproduce/index.js";
import { assay } from "./cliHarness.js";
import { sampleDataFolder } from "./sampleBenchmark.js";

const data = sampleDataFolder();
const before = { ...process.env };
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-reproduce-cli-"));
  process.env["ASSAY_DATA"] = data.folder;
  process.env["ASSAY_HOME"] = join(work, "home");
  process.env["ASSAY_CACHE"] = join(work, "cache");
});

afterAll(() => {
  process.env = before;
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

describe("reproduce", () => {
  const small = (...methods: readonly string[]): string[] => [
    ...["reproduce", "siamese-fig6a", "--benchmark", "sample/cells", "--samples", "8", "--labels", "mean"],
    ...["--methods", ...methods, "--threads", "1", "--out", join(work, "results")],
  ];

  test("lists what can be made again", async () => {
    const { out } = await assay(["reproduce"]);
    for (const name of ["fig4", "fig6a", "fig6b", "fig7", "ablation"]) expect(out).toContain(`siamese-${name}\n`);
    const { reproductions } = JSON.parse((await assay(["reproduce", "--json"])).out);
    expect(reproductions.map(({ name }: { name: string }) => name)).toContain("siamese-fig6a");
  });

  test("can be stopped, goes on, and writes tables and figures", async () => {
    const stop = new AbortController();
    const onErr = (text: string) => text.includes("processor time") && stop.abort();
    const stopped = await assay([...small("predictor", "siams"), "--seeds", "1"], { signal: stop.signal, onErr });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.err).toMatch(/^2 runs; about .+ of processor time \(a guess until some are done\)/);
    expect(stopped.err).toMatch(/Run the same command again to go on\.\n$/);

    await assay([...small("predictor"), "--seeds", "1"]);
    const { exitCode, out, err } = await assay([...small("predictor", "siams"), "--seeds", "1"]);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^2 runs, 1 of them done already; about /);
    expect(out).toMatch(/predictor +8\+30 +1 +\d+\.\d\d/);
    expect(out).toContain("label: mean; test-of-best-label");
    expect(out).toContain("best-test: the best test value");
    const words = out.replaceAll(/\s+/g, " ");
    expect(words).toContain("is not confirmed: siams is not told apart from predictor");
    expect(words).toContain("estimation code of sample/cells: early, 1.5 % of a full training each.");
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(readdirSync(join(work, "results")).sort()).toEqual([
      ...["runs.jsonl", "siamese-fig6a-mean-test-of-best-label.svg", "siamese-fig6a.json", "siamese-fig6a.md"],
    ]);
    const shown = await assay([...small("predictor", "siams"), "--seeds", "3", "--only-stored", "--json"]);
    expect(shown.exitCode).toBe(0);
    expect(shown.err).toMatch(/^6 runs, 2 of them done already\n/);
    const report = reproduceReportSchema.parse(JSON.parse(shown.out));
    expect(report).toMatchObject({ seeds: 3, complete: false });
    expect(JSON.parse(readFileSync(join(work, "results/siamese-fig6a.json"), "utf8"))).toEqual(report);
    // The naive predictor asks for no codes; the other for those that it learns from and ranks again.
    const [predictor, siams] = report.panels[0].readings[0].series;
    expect(predictor.estimationCode).toBeNull();
    expect(siams.estimationCode).toMatchObject({ name: "early" });
    expect(siams.estimationCode!.asked).toBeGreaterThanOrEqual(60);
  });

  test.each([
    [["reproduce", "siamese-fig6"], /There is no reproduction "siamese-fig6"\.\nhint: Did you mean "siamese-fig/],
    [["reproduce", "siamese-fig6a", "--methods", "bst"], /no method "bst"/],
    [["reproduce", "siamese-fig6a"], /The benchmark "nasbench201\/cifar100" is not here/],
    [["reproduce", "siamese-fig6a", "--only-stored"], /--out FOLDER/],
    [["reproduce", "siamese-fig6a", "--out", "figure.svg"], /expected a folder/],
  ])("%j is refused", async (words, message) => {
    const { exitCode, err } = await assay(words);
    expect(exitCode).toBe(2);
    expect(err.replaceAll(/\n(?!hint)\s*/g, " ")).toMatch(message);
  });
});
