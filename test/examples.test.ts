import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { loadModuleEvaluator } from "../src/evaluator/index.js";
import type { ChoiceSpace } from "../src/space/index.js";
import { loadSpaceFile } from "../src/study/spaceFile.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const spaceFile = join(root, "examples/my-space.yaml");
const objectiveFile = join(root, "examples/objective.mjs");

function runNode(...parts: string[]): string {
  return execFileSync(process.execPath, parts, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

beforeAll(() => {
  if (!existsSync(join(root, "dist/cli/main.js"))) throw new Error("dist/ is missing: run npm run build first");
});

describe("the space of one's own", () => {
  test("holds what its comments say", async () => {
    const space = (await loadSpaceFile(spaceFile)) as ChoiceSpace;
    expect([space.name, space.size, space.sizeIsExact]).toEqual(["small-convnet", 11_466n, true]);
    expect(space.enumeration?.size).toBe(11_466);
    const costs = new Float64Array(2);
    space.views.cost!.write(
      space.parse("stages=2,width=16,depth=1,block=convolution,kernel=3,activation=relu,norm=batch,dropout=0"),
      costs,
    );
    // Two stages of one 3x3 convolution: 16 -> 16 at 32 x 32, and 32 -> 32 at 16 x 16.
    expect([...costs]).toEqual([9 * 16 * 16 * 1024 + 9 * 32 * 32 * 256, 9 * 16 * 16 + 9 * 32 * 32]);
    space.views.cost!.write(
      space.parse(
        "stages=2,width=16,depth=1,block=inverted,kernel=3,expansion=2,attention=none,activation=relu,norm=batch,dropout=0",
      ),
      costs,
    );
    // Out to twice the width by 1x1, depthwise 3x3 there, and back by 1x1.
    expect([...costs]).toEqual([
      (2 * 2 * 16 * 16 + 9 * 32) * 1024 + (2 * 2 * 32 * 32 + 9 * 64) * 256,
      2 * 2 * 16 * 16 + 9 * 32 + 2 * 2 * 32 * 32 + 9 * 64,
    ]);
  });

  test("has a known best region: inverted blocks, squeeze attention, kernel 5 or 7", async () => {
    const space = await loadSpaceFile(spaceFile);
    const evaluator = await loadModuleEvaluator(objectiveFile);
    const results: { text: string; label: number }[] = [];
    const architecture = new Int32Array(space.genes);
    for (let id = 0; id < space.enumeration!.size; id++) {
      space.enumeration!.write(id, architecture);
      const { label } = await evaluator.evaluate({ space, architecture, id, trial: 0 });
      results.push({ text: space.format(architecture), label });
    }
    results.sort((a, b) => b.label - a.label);
    expect(results[0]).toEqual({
      text: "stages=3,width=16,depth=4,block=inverted,kernel=5,expansion=4,attention=squeeze,activation=swish,norm=batch,dropout=0.2",
      label: 90.16,
    });
    for (const { text } of results.slice(0, 10)) expect(text).toMatch(/block=inverted.*attention=squeeze/);
    expect(results[results.length - 1].label).toBeLessThan(80);
  });

  test("assay search", () => {
    const command = ["--space", "examples/my-space.yaml", "--evaluate", "examples/objective.mjs", "--budget", "60"];
    const report = JSON.parse(runNode("dist/cli/main.js", "search", ...command, "--json"));
    expect(report).toMatchObject({ schema: 1, space: "small-convnet", queries: 60, failures: 0, ended: "budget" });
    expect(report.best.label).toBeGreaterThan(88.9);
    expect(new Set(report.trials.map(({ architecture }: { architecture: string }) => architecture)).size).toBe(60);
  }, 240_000);

  test("a mistake in the file ends in one clear message and exit code 2", () => {
    const command = [
      "dist/cli/main.js",
      "search",
      "--space",
      "examples/objective.mjs",
      "--evaluate",
      "examples/objective.mjs",
    ];
    let failure: { status?: number; stderr?: string } = {};
    try {
      runNode(...command);
    } catch (error) {
      failure = error as typeof failure;
    }
    expect(failure.status).toBe(2);
    expect(failure.stderr).toMatch(/^error: examples\/objective\.mjs:\d+: .*\n(hint: .*\n)?$/);
  });
});

test("examples/library.mjs", () => {
  const [first, second] = runNode("examples/library.mjs").trim().split("\n");
  expect(first).toMatch(/^2233 architectures, 60 evaluated, \d+ failed$/);
  expect(second).toMatch(/^best: 8[89]\.\d\d % kind=transformer,/);
});

test("examples/study.mjs goes on with its study, and tells its front", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-example-"));
  try {
    const file = join(folder, "study.db");
    const [there, ...lines] = runNode("examples/study.mjs", file).trim().split("\n");
    expect(there).toBe("0 trials are there");
    expect(lines.filter((line) => line.endsWith("out of memory; once more")).length).toBeGreaterThan(0);
    const result = lines.slice(lines.findIndex((line) => line.startsWith("budget: 16 trials, ")));
    expect(result.length).toBeGreaterThan(3);
    expect(result[1]).toMatch(/^8\d\.\d\d \d+ layers=8,/);
    expect(runNode("examples/study.mjs", file).trim().split("\n")).toEqual(["16 trials are there", ...result]);
    const shown = runNode("dist/cli/main.js", "show", "first", "--storage", file);
    expect(shown).toContain("Pareto front of accuracy (largest) and params (smallest)");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

test("every example says how to run it", () => {
  expect(readFileSync(spaceFile, "utf8")).toContain("npx assay search --space examples/my-space.yaml");
  expect(readFileSync(join(root, "examples/library.mjs"), "utf8")).toContain("node examples/library.mjs");
  expect(readFileSync(join(root, "examples/study.mjs"), "utf8")).toContain("node examples/study.mjs");
});
