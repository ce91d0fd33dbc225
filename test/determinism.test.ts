import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { requireData } from "./data.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs the built package in a process of its own, so that nothing of an earlier run is left. */
function run(portable: boolean, ...parts: string[]): string {
  const env: NodeJS.ProcessEnv = { ...process.env, ASSAY_PORTABLE: "1" };
  if (!portable) delete env["ASSAY_PORTABLE"];
  return execFileSync(process.execPath, parts, { cwd: root, env, encoding: "utf8", maxBuffer: 1e9 });
}

interface ScenarioOutcome {
  readonly queried: Readonly<Record<string, readonly string[]>>;
  readonly predicted: readonly number[];
}

const runCore = (portable: boolean, threads: number): ScenarioOutcome =>
  JSON.parse(run(portable, "scripts/portableCheck.mjs", `${threads}`)) as ScenarioOutcome;

/** The report without what may differ between two runs: times and memory. */
function withoutTimes(json: string): unknown {
  return JSON.parse(json, (key, value) => (/seconds|megabytes/i.test(key) ? undefined : value));
}

describe("searches of the core", () => {
  test("are the same with one and with two threads, in the fastest mode of this machine", () => {
    expect(runCore(false, 2)).toEqual(runCore(false, 1));
  });

  test("are the same on every machine and version of Node in portable mode", async () => {
    const { queried, predicted } = runCore(true, 2);
    for (const architectures of Object.values(queried)) expect(new Set(architectures).size).toBe(40);
    const lines = Object.entries({ ...queried, "predictions of mlp": predicted }).map(
      ([name, values]) => `${createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32)}  ${name}`,
    );
    // `npx vitest run test/determinism.test.ts -u` writes these anew, where a change of results is meant.
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("__snapshots__/portable.txt");
  });
});

describe("reports of the command line", () => {
  const strategies = [
    "default",
    "random",
    "local-search",
    "regularized-evolution",
    "weaknas:predictor=mlp(layers=2,width=64)",
    "weaknas:predictor=gradient-boosting(rounds=50)",
  ];

  test.for([
    ["compare", ["--strategies", ...strategies, "--budget", "40", "--seeds", "3"]],
    ["predict", ["--predictors", "mlp:layers=2,width=64", "ridge", "--train-sizes", "30", "60", "--seeds", "3"]],
    ["search", ["--strategy", strategies[4], "--budget", "40", "--seed", "3"]],
  ] as const)("%s: the same JSON with one and with two threads, times aside", ([command, options], context) => {
    requireData(context);
    const reports = [1, 2].map((threads) =>
      withoutTimes(
        run(
          false,
          "dist/cli/main.js",
          command,
          "--benchmark",
          "nasbench201/cifar100",
          ...options,
          "--json",
          "--threads",
          `${threads}`,
        ),
      ),
    );
    expect(reports[1]).toEqual(reports[0]);
  });
});
