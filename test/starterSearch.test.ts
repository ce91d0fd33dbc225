import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { assay } from "./cliHarness.js";
import { requireTorch } from "./python.js";

const crashing = fileURLToPath(new URL("fixtures/crashesAtRandom.py", import.meta.url));
const SHARE = 0.2;

interface Report {
  readonly trials: readonly {
    readonly number: number;
    readonly label: number | null;
    readonly failure?: string;
    readonly metrics: Readonly<Record<string, number>>;
  }[];
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-starter-"));
  await assay(["init", "pytorch", folder, "--space", "choice"]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let python: string;
beforeEach((context) => {
  python = requireTorch(context);
});

function searchWith(words: readonly string[], command: readonly string[]) {
  const common = ["--space", join(folder, "space.yaml"), "--log-folder", join(folder, "logs"), "--seed", "1"];
  return assay(["search", ...common, ...words, "--", ...command]);
}

/** What fixtures/crashesAtRandom.py decides. */
function crashes(trial: number): boolean {
  return createHash("sha256").update(`${trial} 0`).digest()[0] < 256 * SHARE;
}

test("a search with the starter goes on where trainings crash, two at a time", async () => {
  const out = join(folder, "search.json");
  const small = "--quick --images 64 --image-size 8 --epochs 1".split(" ");
  const { exitCode, err } = await searchWith(
    ["--budget", "6", "--parallel", "2", "--timeout", "1h", "--retries", "0", "--out", out],
    [python, crashing, String(SHARE), join(folder, "train.py"), ...small],
  );
  expect(exitCode, err).toBe(0);
  const { trials } = JSON.parse(readFileSync(out, "utf8")) as Report;
  expect(trials).toHaveLength(6);
  const failed = trials.filter(({ failure }) => failure !== undefined && failure !== null);
  expect(failed.map(({ number }) => number)).toEqual(trials.map(({ number }) => number).filter(crashes));
  expect(failed.length).toBeGreaterThan(0);
  for (const { failure } of failed) expect(failure).toMatch(/exited with 1: crashed at random|SIGKILL/);
  for (const { label, metrics } of trials.filter((trial) => !failed.includes(trial))) {
    expect(label).toBeGreaterThanOrEqual(0);
    expect(metrics["params"]).toBeGreaterThan(1000);
  }
});

test("a training that never ends is a failed one", async () => {
  const { exitCode, err } = await searchWith(
    ["--budget", "1", "--timeout", "1s"],
    [python, "-c", "import time; time.sleep(3600)"],
  );
  expect(exitCode).toBe(2);
  expect(err).toContain("took longer than 1 s");
});
