import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { searchReportSchema } from "../src/experiment/searchReport.js";
import { sampleDataFolder } from "./sampleBenchmark.js";

/*
 * What only a process of its own shows: threads, signals, closed pipes. Runs the program that was built into dist/.
 */

// Each test starts several processes, and they may share the machine with others.
vi.setConfig({ testTimeout: 180_000 });

const program = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "cli", "main.js");
const data = sampleDataFolder();
let work: string;

beforeAll(() => {
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" before the tests.`);
  work = mkdtempSync(join(tmpdir(), "assay-process-"));
});

afterAll(() => {
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(words: readonly string[], environment: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...words], {
    cwd: work,
    env: {
      ...process.env,
      ASSAY_DATA: data.folder,
      ASSAY_HOME: join(work, "home"),
      ASSAY_CACHE: join(work, "cache"),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

const run = (...words: string[]): Promise<Ended> => ended(start(words));

function withoutTimes(text: string): unknown {
  return JSON.parse(text, (key, value) =>
    ["secondsPerRun", "peakRssMegabytes", "fitSeconds", "rankSeconds"].includes(key) ? undefined : value,
  );
}

describe("threads", () => {
  test.each([
    [
      "compare",
      [
        ...["compare", "--benchmark", "sample/cells", "--budget", "30", "--seeds", "3", "--label", "random-seed"],
        ...["--strategies", "random", "weaknas:predictor=ridge", "weaknas:predictor=mlp(layers=1,width=16)"],
      ],
    ],
    [
      "compare with fewer runs than threads",
      [
        ...["compare", "--benchmark", "sample/cells", "--budget", "30", "--seeds", "1"],
        ...["--strategies", "weaknas:predictor=gradient-boosting(rounds=20)"],
      ],
    ],
    [
      "predict",
      [
        ...["predict", "--benchmark", "sample/cells", "--train-sizes", "20", "50", "--seeds", "2"],
        ...["--predictors", "ridge", "random-forest:trees=20"],
      ],
    ],
  ])("%s gives the same JSON with 1, 2 and 3", async (_, words) => {
    const outcomes = [];
    for (const threads of ["1", "2", "3"]) outcomes.push(await run(...words, "--json", "--threads", threads));
    for (const { code, err } of outcomes) expect({ code, err }).toEqual({ code: 0, err: "" });
    const [one, ...more] = outcomes.map(({ out }) => withoutTimes(out));
    for (const other of more) expect(other).toEqual(one);
  });
});

describe("Ctrl-C", () => {
  const slow = "export default async () => { await new Promise((r) => setTimeout(r, 20)); return 1; };\n";

  test("ends a search cleanly: what is known is shown and written, exit code 130", async () => {
    writeFileSync(
      join(work, "space.yaml"),
      "parameters:\n  a: [1, 2, 3, 4, 5, 6, 7, 8]\n  b: [1, 2, 3, 4, 5, 6, 7, 8]\n",
    );
    writeFileSync(join(work, "slow.mjs"), `console.error("loaded");\n${slow}`);
    const child = start([
      ...["search", "--space", "space.yaml", "--evaluate", "slow.mjs", "--strategy", "random"],
      ...["--budget", "60", "--out", "stopped.json", "--threads", "1"],
    ]);
    child.stderr?.on("data", (chunk) => {
      if (String(chunk).includes("loaded")) setTimeout(() => child.kill("SIGINT"), 200);
    });
    const { code, out } = await ended(child);
    expect(code).toBe(130);
    expect(out).toContain("Stopped before the 60 queries");
    const report = searchReportSchema.parse(JSON.parse(readFileSync(join(work, "stopped.json"), "utf8")));
    expect(report.ended).toBe("stopped");
    expect(report.queries).toBeLessThan(60);
  });

  test.each(["1", "2"])("ends a comparison in the middle of its runs, with %s threads", async (threads) => {
    const child = start([
      ...["compare", "--benchmark", "sample/cells", "--strategies", "weaknas:predictor=mlp", "--json", "--verbose"],
      ...["--seeds", "50", "--threads", threads],
    ]);
    child.stderr?.on("data", (chunk) => {
      if (/threads?\n/.test(String(chunk))) setTimeout(() => child.kill("SIGTERM"), 300);
    });
    const { code, out, err } = await ended(child);
    expect(code).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ complete: false });
    expect(err).toMatch(/Stopped after \d+ of 50 runs\./);
  });

  test("twice ends at once, even where an evaluation does not end", async () => {
    writeFileSync(
      join(work, "stuck.mjs"),
      'export default () => new Promise((r) => { setInterval(() => {}, 1000); console.error("begun"); });\n',
    );
    const child = start([
      ...["search", "--space", "nasbench201", "--evaluate", "stuck.mjs", "--strategy", "random", "--budget", "5"],
    ]);
    child.stderr?.on("data", (chunk) => {
      if (!String(chunk).includes("begun")) return;
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGINT"), 300);
    });
    expect((await ended(child)).code).toBe(130);
  });
});

describe("pipes and colours", () => {
  test("a reader that goes away is no error", async () => {
    const child = start(["strategies"]);
    child.stdout?.destroy();
    const { err } = await ended(child);
    expect(err).toBe("");
  });

  test("no colours and no progress where nobody watches", async () => {
    const { out, err, code } = await run(
      "search",
      "--benchmark",
      "sample/cells",
      "--strategy",
      "random",
      "--budget",
      "20",
    );
    expect(code).toBe(0);
    expect(out).not.toContain("\u001b[");
    expect(err).toBe("");
  });

  test("JSON goes to standard output alone", async () => {
    const { out, err } = await run(
      "search",
      "--benchmark",
      "sample/cells",
      "--strategy",
      "random",
      "--budget",
      "20",
      "--json",
      "--verbose",
    );
    expect(searchReportSchema.parse(JSON.parse(out)).queries).toBe(20);
    expect(err).toContain("sample/cells: 15,625 architectures");
  });
});

test("a module that leaves something open does not keep the program alive", async () => {
  writeFileSync(join(work, "open.mjs"), "setInterval(() => {}, 1000);\nexport default ({ trial }) => trial;\n");
  const { code, out } = await run(
    ...["search", "--space", "nasbench201", "--evaluate", "open.mjs", "--strategy", "random", "--budget", "5"],
  );
  expect(code).toBe(0);
  expect(out).toContain("Best architecture, found at query 5");
});

test("help loads none of the heavy modules", () => {
  const loaded = new Set<string>();
  const visit = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const code = readFileSync(file, "utf8");
    for (const [, target] of code.matchAll(/(?:^|[\n;])\s*(?:import|export)\b[^"'();]*["']([^"']+)["']/g)) {
      if (target.startsWith(".")) visit(join(dirname(file), target));
      else loaded.add(target);
    }
  };
  visit(program);
  // What Node holds itself costs nothing.
  expect([...loaded].filter((name) => !/^(\/|node:)/.test(name)).sort()).toEqual(["commander", "picocolors"]);
});
