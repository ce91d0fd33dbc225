/*
 * What a frame of scrolling costs in the table of 100,000 trials: processor time of the page's main thread and of its whole process,
 * beside an empty page of the same height and a list of as many rows and cells without any framework, all in turn in the same browser.
 * Each frame scrolls by the same four rows, so that a busy machine changes the frames in a second more than their cost.
 * Then the bar is dragged up and down the whole table, and pictures of the screen without any row in some part are counted.
 *
 *   node bench/run.mjs scroll [--repeats 5] [--frames 150]
 */
import { existsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type CDPSession, chromium, type Page } from "playwright-core";
import { createFixture } from "../dashboard/fixtures/fixtureSource.js";
import { serveFixture } from "../dashboard/fixtures/serveFixture.js";
import { bareList, emptyPage } from "./scroll/plainPages.js";
import { countBlank } from "./scroll/screens.js";

const { values } = parseArgs({
  options: { repeats: { type: "string", default: "5" }, frames: { type: "string", default: "150" } },
});
const [repeats, frames] = [Number(values.repeats), Number(values.frames)];
const box = ".trial-box";

interface Cost {
  readonly perSecond: number;
  /** The rest in milliseconds of processor time for each frame. */
  readonly main: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
  readonly process: number;
}

type Open = (page: Page) => Promise<void>;

/** Scrolls by four rows in each frame; returns the moments of the frames. */
async function scroll(page: Page): Promise<number[]> {
  return page.evaluate(
    ([selector, count]) =>
      new Promise<number[]>((resolve) => {
        const element = document.querySelector(selector as string)!;
        const moments: number[] = [];
        let top = element.scrollTop;
        const step = (moment: number): void => {
          moments.push(moment);
          if (moments.length > Number(count)) {
            resolve(moments);
            return;
          }
          top += 4 * 33;
          element.scrollTop = top;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    [box, frames] as const,
  );
}

async function measure(browser: Browser, open: Open): Promise<Cost> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await open(page);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await scroll(page);
  await page.waitForTimeout(400);
  const before = await readMetrics(session);
  const moments = await scroll(page);
  const after = await readMetrics(session);
  await context.close();
  const cost = (name: string): number => (1000 * (after[name] - before[name])) / frames;
  return {
    perSecond: (1000 * frames) / (moments.at(-1)! - moments[0]),
    main: cost("TaskDuration"),
    script: cost("ScriptDuration"),
    style: cost("RecalcStyleDuration"),
    layout: cost("LayoutDuration"),
    process: cost("ProcessTime"),
  };
}

async function readMetrics(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const server = await serveFixture(createFixture(), join(process.cwd(), "dist/dashboard"));
const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path))!,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  // The bar is to be dragged.
  ignoreDefaultArgs: ["--hide-scrollbars"],
});
const openTable: Open = async (page) => {
  await page.goto(`${server.address}#/study/sweep-of-100000/trials`);
  await page.waitForFunction(() => document.querySelector("[role=status]")?.textContent?.startsWith("100"));
  await page.waitForSelector(".trial-row");
};
const pages: Readonly<Record<string, Open>> = {
  "empty page": emptyPage,
  "bare list": bareList,
  "table of trials": openTable,
};

try {
  const load = loadavg()[0].toFixed(1);
  console.log(
    `${cpus()[0].model}, ${cpus().length} processors, load ${load}; Chromium ${browser.version()} without a screen`,
  );
  console.log(`medians of ${repeats} times ${frames} frames, milliseconds of processor time for each frame\n`);
  const costs = new Map(Object.keys(pages).map((name) => [name, [] as Cost[]]));
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const [name, open] of Object.entries(pages)) costs.get(name)!.push(await measure(browser, open));
  const columns = ["main", "script", "style", "layout", "process", "perSecond"] as const;
  console.log(["".padEnd(16), ...columns.map((column) => column.padStart(9))].join(" "));
  const of = (name: string, column: keyof Cost): number => median(costs.get(name)!.map((cost) => cost[column]));
  for (const name of costs.keys())
    console.log([name.padEnd(16), ...columns.map((column) => of(name, column).toFixed(2).padStart(9))].join(" "));
  const ratio = (column: keyof Cost): string => (of("table of trials", column) / of("bare list", column)).toFixed(2);
  console.log(
    `\ntable to bare list: main thread ${ratio("main")}, process ${ratio("process")}, frames ${ratio("perSecond")}`,
  );
  const { blank, pictures } = await countBlank(browser, openTable, box);
  console.log(`bar dragged: ${blank} of ${pictures} pictures have a part without rows`);
} finally {
  await browser.close();
  server.close();
}
