import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assay } from "./cliHarness.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const built = join(root, "dist/playground");
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".bin": "application/octet-stream",
};

describe.skipIf(executable === undefined)("the playground", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, ["scripts/build.mjs", "playground"], { cwd: root, stdio: "inherit" });
    server = createServer(({ url = "/" }, answer) => {
      const path = normalize(new URL(url, "http://localhost").pathname).replace(/^\/$/, "/index.html");
      const file = join(built, path);
      if (!existsSync(file)) answer.writeHead(404).end();
      else answer.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({
      executablePath: executable!,
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
        ...["--disable-background-networking", "--disable-component-update"],
      ],
    });
    page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test("says how to begin", async () => {
    await page.waitForSelector(".state:has-text('Press Search')");
  });

  /** Searches on the page, and gives the architectures in the order of their trials. */
  async function searchHere(benchmark: string, strategy: string, budget: number): Promise<string[]> {
    await page.selectOption('select[name="benchmark"]', benchmark);
    await page.fill('input[name="strategy"]', strategy);
    await page.fill('input[name="budget"]', String(budget));
    await page.click('form.playground button[type="submit"]');
    await page.waitForSelector(`h1:has-text("${strategy.replaceAll(/[^\w -]/g, "-")} 1 on ${benchmark}")`);
    await page.waitForSelector('.subtitle:has-text("ended")', { timeout: 55_000 });
    const waiting = page.waitForEvent("download");
    await page.click('nav.tabs a[href$="/trials"]');
    await page.click('button:has-text("CSV")');
    const text = readFileSync(await (await waiting).path(), "utf8");
    const lines = text.trim().split("\r\n");
    const column = lines[0].toLowerCase().split(",").indexOf("architecture");
    const rows = lines.slice(1).map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    return rows
      .sort((a, b) => Number(a[0]) - Number(b[0]))
      .map((cells) => cells[column].replace(/^"|"$/g, "").replace(/^'/, ""));
  }

  test.each([
    ["digits-nano", "local-search"],
    ["digits201", "regularized-evolution"],
    ["digits201", "default"],
  ])("on %s %s tries what it tries on the command line", async (benchmark, strategy) => {
    const words = ["--benchmark", benchmark, "--strategy", strategy, "--seed", "1", "--budget", "40", "--json"];
    const { out } = await assay(["search", ...words]);
    const { trials } = JSON.parse(out) as { trials: { architecture: string }[] };
    const expected = trials.map(({ architecture }) => architecture);
    expect(expected).toHaveLength(40);
    expect(await searchHere(benchmark, strategy, 40)).toEqual(expected);
  });

  test("lists its searches with the unit of their labels", async () => {
    await page.click("a.brand");
    await page.waitForSelector("table.studies");
    const best = await page.locator("table.studies td.strong").allTextContents();
    expect(best).toHaveLength(3);
    for (const text of best) expect(text).toMatch(/^\d+\.\d\d %$/);
    await page.click('table.studies a:has-text("default 1 on digits201")');
    await page.waitForSelector("nav.tabs");
  });

  test("draws the map", async () => {
    await page.click('nav.tabs a[href$="/dynamics"]');
    await page.waitForSelector(".timeline", { timeout: 55_000 });
    await page.waitForSelector("canvas.is-top");
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const barriers = await page.evaluate(async () => {
      interface Finding {
        readonly id: string;
        readonly impact: string;
      }
      const runner = (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe;
      const { violations } = await runner.run();
      return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id }) => id);
    });
    expect(barriers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("says what is wrong with a wish", async () => {
    await page.fill('input[name="strategy"]', "weaknass");
    await page.click('form.playground button[type="submit"]');
    await page.waitForSelector('[role=alert]:has-text("weaknas")');
  });
});
