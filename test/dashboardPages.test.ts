import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFixture, type Fixture, hostileName } from "../dashboard/fixtures/fixtureSource.js";
import { serveFixture } from "../dashboard/fixtures/serveFixture.js";
import { parseStyleSheet } from "../dashboard/src/figureFiles/styleSheet.js";
import { writeFigure } from "../dashboard/src/figureFiles/writeFigure.js";
import { qualityFigure } from "../dashboard/src/pages/study/predictionQuality.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

if (executable === undefined) {
  const message = "Chromium is missing (Debian's package chromium): the tests of the dashboard's pages cannot run.";
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
}

/** A page of each kind, and what shows that it is drawn. */
const pages: Readonly<Record<string, readonly [hash: string, drawn: string]>> = {
  studies: ["#/", "table.studies tbody tr"],
  overview: ["#/study/weaknas-1", ".box"],
  trials: ["#/study/sweep-of-100000/trials", "table.trials tbody tr"],
  dynamics: ["#/study/weaknas-1/dynamics", ".timeline"],
  trial: ["#/study/weaknas-1/trial/120", ".box"],
  compare: ["#/compare?names=weaknas-1&names=weaknas-2&names=random-1&names=random-2", ".dot.is-run"],
  hostile: [`#/study/${encodeURIComponent(hostileName)}/trials`, "table.trials tbody tr"],
  empty: ["#/study/just-begun/trials", ".state h2"],
  missing: ["#/study/nobody", ".state.is-error"],
};

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(executable === undefined)("the dashboard in a browser", () => {
  let browser: Browser;
  let fixture: Fixture;
  let server: Awaited<ReturnType<typeof serveFixture>>;
  /** What the console said, policy violations included. */
  let complaints: string[] = [];

  beforeAll(async () => {
    fixture = createFixture();
    server = await serveFixture(fixture, join(root, "dist/dashboard"));
    browser = await chromium.launch({
      executablePath: executable!,
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
        ...["--disable-background-networking", "--disable-component-update"],
      ],
    });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  afterEach(() => {
    complaints = [];
  });

  async function open(
    hash: string,
    drawn: string,
    options: { width?: number; theme?: "light" | "dark" } = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1440, height: 900 },
      ...{ colorScheme: options.theme ?? "light", reducedMotion: "reduce" as const, acceptDownloads: true },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on("console", (message) => {
      const isExpected = message.text().includes("404");
      if (["error", "warning"].includes(message.type()) && !isExpected) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(`${server.address}${hash}`);
    await page.waitForSelector(drawn);
    return page;
  }

  /** Serious findings of axe: what, and where. */
  async function findBarriers(page: Page): Promise<string[]> {
    // The debugger's protocol runs it, so the policy of the page stays as it is.
    await page.evaluate(axe);
    return page.evaluate(async () => {
      interface Finding {
        readonly id: string;
        readonly impact: string;
        readonly nodes: readonly { readonly html: string }[];
      }
      const runner = (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe;
      const { violations } = await runner.run();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html.slice(0, 160))
              .slice(0, 3)
              .join(" | ")}`,
        );
    });
  }

  describe.each([
    [1440, "light", true],
    [390, "dark", true],
    [1440, "dark", false],
    [390, "light", false],
  ] as const)("at %i pixels, %s", (width, theme, isChecked) => {
    test("every page is drawn without complaints, fits, and bars nobody", async () => {
      let page: Page | undefined;
      for (const [name, [hash, drawn]] of Object.entries(pages)) {
        if (page === undefined) page = await open(hash, drawn, { width, theme });
        else {
          await page.evaluate((next) => {
            location.hash = next;
          }, hash);
          await page.waitForFunction((next) => decodeURIComponent(location.hash) === decodeURIComponent(next), hash);
          await page.waitForSelector(drawn);
        }
        // Each page once in each theme; what is hidden on narrow pages differs little.
        if (isChecked) expect(await findBarriers(page), name).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} fits`).toBe(
          true,
        );
      }
      expect(complaints).toEqual([]);
      await page!.context().close();
    });
  });

  test("a table of 100,000 trials scrolls, filters, sorts and jumps, by keyboard too", async () => {
    const page = await open(...pages["trials"]);
    const rows = page.locator("table.trials tbody tr:not(.gap)");
    expect(await rows.count()).toBeLessThan(80);
    await page.locator(".trial-box").evaluate((box) => {
      box.scrollTop = 50_000 * 33;
    });
    await page.waitForSelector('a[href$="/trial/50000"]');
    await page.fill('input[name="number"]', "99999");
    await page.click('.jump button[type="submit"]');
    await page.waitForSelector('tr[aria-current] a[href$="/trial/99999"]');
    await page.keyboard.press("Home");
    await page.waitForSelector('tr[aria-current] a[href$="/trial/0"]');
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector('tr[aria-current] a[href$="/trial/1"]');
    await page.click('th:has-text("validation accuracy") button');
    await page.waitForSelector('th[aria-sort="descending"]');
    const values = await rows.locator("td:nth-child(3)").allTextContents();
    const numbers = values.map((value) => Number.parseFloat(value));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    await page.selectOption('select[aria-label="State"]', "failed");
    await page.waitForFunction(() => document.querySelector("table.trials .badge")?.textContent === "failed");
    await page.fill('input[type="search"]', "nothing has this");
    await page.waitForSelector("text=No trial matches");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("the map plays, the slider moves it, and keys tell trials", async () => {
    const page = await open(...pages["dynamics"]);
    const words = page.locator(".timeline-words");
    await page.waitForSelector("canvas.is-top");
    await page.locator(".timeline input").fill("3");
    expect(await words.textContent()).toBe("3 / 19");
    await page.waitForSelector("text=Decision 3");
    await page.click(".play");
    await page.waitForFunction(() => Number.parseInt(document.querySelector(".timeline-words")!.textContent!, 10) > 4);
    await page.click(".play");
    await page.locator("canvas.is-top").focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".tooltip strong").textContent()).toContain("Trial 0");
    const isPainted = await page
      .locator("canvas.map-layer")
      .first()
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        return (canvas as HTMLCanvasElement)
          .getContext("2d")!
          .getImageData(0, 0, width, height)
          .data.some((value) => value > 0);
      });
    expect(isPainted).toBe(true);
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Trial 0')");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("new trials appear while what was typed, marked and scrolled stays", async () => {
    const page = await open("#/study/searching-now/trials", "table.trials tbody tr");
    await page.fill('input[type="search"]', "conv");
    await page.locator(".trial-box").evaluate((box) => {
      box.scrollTop = 400;
    });
    await page.locator('input[type="search"]').focus();
    const before = await page.locator(".subtitle[role=status]").textContent();
    fixture.advance(15);
    await page.waitForFunction((old) => document.querySelector(".subtitle[role=status]")?.textContent !== old, before);
    expect(await page.inputValue('input[type="search"]')).toBe("conv");
    expect(await page.locator(".trial-box").evaluate((box) => box.scrollTop)).toBe(400);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("search");
    fixture.say({ kind: "trouble", message: "The storage is busy" });
    await page.waitForSelector("text=The storage is busy");
    await page.context().close();
  });

  test("hostile names and logs are only text, and figures come as files that need no style sheet", async () => {
    const page = await open(`#/study/${encodeURIComponent(hostileName)}`, ".figure .dot");
    expect(await page.locator("h1").textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await page.locator("main img, main script").count()).toBe(0);
    const waiting = page.waitForEvent("download");
    await page.click('button[aria-label="Download “Best so far” as SVG"]');
    const file = await (await waiting).path();
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(/^<\?xml[\s\S]*<svg[\s\S]*stroke="#/);
    expect(text).not.toMatch(/class=|style=|var\(--/);
    const table = page.waitForEvent("download");
    await page.click('button[aria-label="Download the numbers of “Best so far” as CSV"]');
    expect(readFileSync(await (await table).path(), "utf8")).toMatch(/^trial,validation accuracy,best so far\r\n0,/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a figure that the page saves is the one that the command line writes", async () => {
    const page = await open(...pages["overview"]);
    const waiting = page.waitForEvent("download");
    await page.click('button[aria-label="Download “Prediction quality” as SVG"]');
    const saved = readFileSync(await (await waiting).path(), "utf8");
    const sheet = parseStyleSheet(readFileSync(new URL("../dist/dashboard/app.css", import.meta.url), "utf8"));
    const width = Number(/ width="(\d+)"/.exec(saved)?.[1]);
    expect(saved).toBe(writeFigure(qualityFigure(await fixture.study("weaknas-1")), width, sheet));
    await page.context().close();
  });

  test("the map is saved with its legend, in the colours of the theme", async () => {
    const page = await open(...pages["dynamics"], { theme: "dark" });
    await page.waitForSelector(".ramp");
    const waiting = page.waitForEvent("download");
    await page.click('button[aria-label="Download “Map of the space” as SVG"]');
    const saved = readFileSync(await (await waiting).path(), "utf8");
    expect(saved).toContain('fill="#161d26"');
    expect(saved).toContain(">Newest batch</text>");
    expect(saved.match(/<path/g)!.length).toBeGreaterThan(20);
    expect(saved).not.toMatch(/class=|style=|var\(--/);
    await page.context().close();
  });

  test("the count of failures leads to the failed trials, their log is read from its end, and the last trial has no next", async () => {
    const page = await open(`#/study/${encodeURIComponent(hostileName)}`, ".figure .dot");
    await page.click('.key-figure a:has-text("which, and why")');
    await page.waitForSelector("table.trials tbody .badge");
    expect(await page.locator('select[aria-label="State"]').inputValue()).toBe("failed");
    expect(new Set(await page.locator("table.trials tbody .badge").allTextContents())).toEqual(new Set(["failed"]));
    await page.goto(`${server.address}#/study/weaknas-1/trial/0`);
    await page.waitForSelector('a[rel="next"]');
    const count = await page.evaluate(async () => {
      const rows = (await (await fetch("/api/studies")).json()) as { name: string; counts: Record<string, number> }[];
      const { counts } = rows.find(({ name }) => name === "weaknas-1")!;
      return Object.values(counts).reduce((sum, each) => sum + each, 0);
    });
    await page.goto(`${server.address}#/study/weaknas-1/trial/${count - 1}`);
    await page.waitForSelector(`h1:has-text("Trial ${count - 1}")`);
    await page.waitForSelector('a[rel="next"]', { state: "detached" });
    expect(await page.locator('a[rel="prev"]').count()).toBe(1);
    const failed = await open(`#/study/${encodeURIComponent(hostileName)}/trials?state=failed`, "table.trials tbody a");
    await failed.click("table.trials tbody a");
    await failed.waitForSelector(".log-panel .log");
    const isAtEnd = await failed
      .locator(".log-panel .scroll-box")
      .evaluate((box) => box.scrollTop + box.clientHeight >= box.scrollHeight - 1);
    expect(isAtEnd).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
    await failed.context().close();
  });

  test("studies that are chosen are compared, and the theme stays", async () => {
    const page = await open(...pages["studies"]);
    await page.fill('input[type="search"]', "weaknas ended");
    await page.check('input[aria-label="Compare weaknas-1"]');
    await page.check('input[aria-label="Compare weaknas-2"]');
    await page.click("text=Compare 2");
    await page.waitForSelector(".dot.is-run");
    await page.click("button.is-quiet");
    await page.click("button.is-quiet");
    await page.reload();
    await page.waitForSelector(".dot.is-run");
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
