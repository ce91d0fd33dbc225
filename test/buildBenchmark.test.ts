import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createWorkerPool } from "../src/kernels/pool.js";
import { assay } from "./cliHarness.js";
import { fakeRecipe, fakeTraining } from "./fakeTraining.js";

// The trainings of the command are made up: what is tested here is everything around them.
vi.mock("../src/threads.js", () => ({
  openThreads: () => createWorkerPool({ threads: 1, tasks: { "train-architecture": fakeTraining } }),
}));

const before = { ...process.env };
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-build-cli-"));
  process.env["ASSAY_HOME"] = join(work, "home");
  process.env["ASSAY_CACHE"] = join(work, "cache");
  delete process.env["ASSAY_DATA"];
  writeFileSync(join(work, "recipe.json"), JSON.stringify(fakeRecipe()));
});

afterAll(() => {
  process.env = before;
  rmSync(work, { recursive: true, force: true });
});

const own = (): string[] => ["build-benchmark", "--recipe", join(work, "recipe.json")];

describe("build-benchmark", () => {
  test("lists the recipes", async () => {
    const { out } = await assay(["build-benchmark"]);
    expect(out).toContain("digits201");
    expect(out).toContain("digits-nano");
    const { recipes } = JSON.parse((await assay(["build-benchmark", "--json"])).out);
    expect(recipes.map(({ name }: { name: string }) => name)).toEqual(["digits201", "digits-nano"]);
  });

  test("can be stopped, goes on, and makes a benchmark that has a name", async () => {
    const stop = new AbortController();
    const stopped = await assay(own(), {
      signal: stop.signal,
      watched: true,
      onErr: (text) => {
        if (/trainings/.test(text)) stop.abort();
      },
    });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.err).toMatch(/Stopped after [\d,]+ of 9,860 trainings\. Run the same command again to go on\.\n$/);
    const figure = join(work, "histogram.svg");
    const { exitCode, out } = await assay([...own(), "--figure", figure, "--keep-partial"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^fake\/cells: 15,625 architectures, 4,930 different functions, 9,860 trainings\n/);
    expect(out).toMatch(/between seeds, best fifth +0\.\d{3} +0\.\d{3}\n/);
    expect(out).toContain("Mean test accuracy %");
    expect(out).toContain("Next: assay search --benchmark fake/cells\n");
    expect(out.split("\n").filter((line) => line.length > 80 && !/written to/.test(line))).toEqual([]);
    expect(readFileSync(figure, "utf8")).toMatch(/^<svg /);

    expect((await assay(["benchmarks"])).out).toMatch(/fake\/cells +15,625 +Made-up trainings/);
    const searched = await assay(["search", "--benchmark", "fake/cells", "--strategy", "random", "--budget", "30"]);
    expect(searched.out).toMatch(/label +\d+\.\d\d %, rank [\d,]+ of 15,625/);
  });

  test("tells whether a pack that was built again holds the same numbers", async () => {
    const path = join(work, "home/packs/fake/cells.parquet");
    const report = JSON.parse((await assay([...own(), "--json", "--keep-partial"])).out);
    expect(report).toMatchObject({ kind: "build-benchmark", complete: true, path, trainings: 9860, resumed: 9860 });
    const again = await assay(own());
    expect(again.out).toContain(`the same numbers as in ${path}, as it was before`);
    expect(again.out).toContain(report.checksum);
    expect(existsSync(`${path}.partial`)).toBe(false);
  });

  test("tries a recipe with other settings and writes nothing", async () => {
    const { out } = await assay(["build-benchmark", "digits201:epochs=4", "--limit", "50"]);
    expect(out).toMatch(/^trial of digits201: 50 architectures, \d+ different functions/);
    expect(out).toMatch(/The whole build has 9,860: about .+\. No pack was written\.\n/);
    const { recipe, figures } = JSON.parse(
      (await assay(["build-benchmark", "digits201:epochs=4", "--limit", "50", "--json"])).out,
    );
    expect(recipe.settings.epochs).toBe(4);
    expect(figures.architectures).toBe(50);
    expect(existsSync(join(work, "home/packs/digits201.parquet.partial"))).toBe(false);
  });

  test.each([
    [["digits201:epochs=4"], /can be changed for trial runs only[\s\S]*--limit/],
    [["digits202"], /There is no recipe "digits202"[\s\S]*Did you mean "digits201"/],
    [["digits201", "--recipe", "x.json"], /two recipes/],
    [["--recipe", "/nowhere/x.json"], /Cannot read \/nowhere\/x\.json/],
    [
      ["digits201", "--limit", "9", "--out", "x.parquet"],
      /--out cannot be combined with --limit: a trial writes no pack/,
    ],
    [["digits201", "--limit", "9", "--keep-partial"], /--keep-partial cannot be combined with --limit/],
    [["digits201", "--out", "x.csv"], /expected a file ending in \.parquet/],
  ])("refuses %j", async (words, message) => {
    const { exitCode, err } = await assay(["build-benchmark", ...words]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });
});
