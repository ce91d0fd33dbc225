import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareWithRuns } from "../src/experiment/compare.js";
import { experimentTasks } from "../src/experiment/tasks.js";
import { createWorkerPool } from "../src/kernels/pool.js";
import { writeReportFile } from "../src/view/report/index.js";
import { type StrategyComparison, viewStrategies } from "../src/view/strategies/index.js";
import { assay } from "./cliHarness.js";
import { sampleBenchmark, sampleDataFolder } from "./sampleBenchmark.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), "assay-compare-report-"));
const hostile = "</script><img src=x onerror=alert(1)>";
const pool = createWorkerPool({ threads: 1, tasks: experimentTasks });

const data = sampleDataFolder();
const before = { ...process.env };

beforeAll(() => {
  process.env["ASSAY_DATA"] = data.folder;
  process.env["ASSAY_HOME"] = join(folder, "home");
  process.env["ASSAY_CACHE"] = join(folder, "cache");
});

afterAll(() => {
  process.env = before;
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function compareStrategies(seeds: number): Promise<StrategyComparison> {
  const strategies = ["random", "regularized-evolution:population=10"];
  const options = { benchmark: sampleBenchmark(), strategies, budget: 90, seeds, pool };
  return viewStrategies({ ...(await compareWithRuns(options)), labelUnit: "percent" });
}

function write(name: string, strategies: StrategyComparison): string {
  const head = { schema: 1, version: "0", madeAt: 1_764_000_000, studies: [], isComparison: true, notes: [] } as const;
  const front = {
    script: readFileSync(join(root, "dist/dashboard/app.js"), "utf8"),
    style: readFileSync(join(root, "dist/dashboard/app.css"), "utf8"),
  };
  const path = join(folder, name);
  writeFileSync(path, writeReportFile({ head, views: { studies: [], comparisons: [], strategies }, ...front }));
  return path;
}

describe.skipIf(executable === undefined)("the report of a comparison", () => {
  let browser: Browser;
  let path: string;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executable!,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
    path = join(folder, "report.html");
    const words = ["compare", "--benchmark", "sample/cells", "--budget", "90", "--seeds", "4", "--threads", "1"];
    const { exitCode, err } = await assay([
      ...words,
      "--strategies",
      "random",
      "weaknas:predictor=ridge",
      "--out",
      path,
    ]);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/wrote .*report\.html \(\d+ KB\)\n$/);
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function open(file: string): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
    const context = await browser.newContext({ offline: true, reducedMotion: "reduce", acceptDownloads: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector("h1:has-text('Strategies on')");
    return { page, complaints, requests };
  }

  test("shows curves, queries to the target and where the runs end, and reaches nothing", async () => {
    const { page, complaints, requests } = await open(path);
    expect(await page.locator("h1").textContent()).toBe("Strategies on sample/cells");
    expect(await page.locator(".subtitle").textContent()).toBe("2 strategies, 4 runs each, 90 queries");
    await page.waitForSelector(".figure .band.series-2");
    expect(await page.locator(".dot.is-run").count()).toBe(8);
    expect(await page.locator("table").count()).toBe(2);
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const barriers = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
      };
      const { violations } = await axe.run();
      return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id }) => id);
    });
    expect(barriers).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter((address) => !/^(?:data|blob):/.test(address))).toEqual([pathToFileURL(path).href]);
    await page.context().close();
  });

  test("another measure and another target change what is shown", async () => {
    const { page } = await open(path);
    await page.selectOption("select", "testOfBestLabel");
    await page.waitForSelector(".axis-title:has-text('test value of the best label')");
    await page.fill('input[name="target"]', "1");
    await page.click("text=Set");
    await page.waitForSelector("h3:has-text('Queries until 1.00 %')");
    const reached = await page.locator("table").first().locator("tbody td:nth-child(4)").allTextContents();
    expect(reached).toEqual(["4 of 4", "4 of 4"]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click('button[aria-label="Download “Best so far” as SVG"]'),
    ]);
    const text = readFileSync((await download.path())!, "utf8");
    expect(text).toContain("<title>Best so far: sample/cells</title>");
    expect(text).not.toMatch(/class=|var\(/);
    await page.context().close();
  });

  test("names are only text", async () => {
    const view = await compareStrategies(2);
    const strategies = view.strategies.map((strategy) => ({ ...strategy, name: hostile }));
    const { page, complaints } = await open(write("hostile.html", { ...view, benchmark: hostile, strategies }));
    expect(await page.locator("h1").textContent()).toBe(`Strategies on ${hostile}`);
    expect(await page.locator("main img").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test("a comparison of many runs takes less than 2 MB", async () => {
  const view = await compareStrategies(4);
  const more = <Item>(list: readonly Item[]): Item[] => Array.from({ length: 5000 }, (_, i) => list[i % list.length]);
  const noisy = (values: readonly number[]) => values.map((value, i) => Number((value + Math.sin(i)).toPrecision(6)));
  const measures = view.measures.map(({ steps: _, ...measure }) => ({
    ...measure,
    view: {
      ...measure.view,
      groups: more(measure.view.groups.slice(0, 1))
        .slice(0, 8)
        .map((group) => ({
          ...group,
          studies: more(group.studies).map((_, run) => `seed ${run}`),
          final: noisy(more(group.final)),
          queriesToTarget: more(group.queriesToTarget).map((_, run) => (run * 7919) % 90),
        })),
    },
  }));
  expect(readFileSync(write("large.html", { ...view, measures })).length).toBeLessThan(2_000_000);
});

test("a page is refused where it cannot be written, before any run", async () => {
  const words = ["compare", "--benchmark", "sample/cells", "--budget", "30"];
  const { exitCode, err } = await assay([...words, "--out", join(folder, "none", "report.html")]);
  expect(exitCode).toBe(2);
  expect(err).toContain("there is no folder");
  const other = await assay([...words, "--out", join(folder, "report.pdf")]);
  expect(other.err).toContain("expected a folder or a file ending in .html or .htm or .svg or .json");
});
