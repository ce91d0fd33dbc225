import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFixture, type Fixture, hostileName } from "../dashboard/fixtures/fixtureSource.js";
import { serveFixture } from "../dashboard/fixtures/serveFixture.js";

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
  trials: ["#/study/sweep-of-100000/trials", ".trials .trial-row"],
  dynamics: ["#/study/weaknas-1/dynamics", ".timeline"],
  trial: ["#/study/weaknas-1/trial/120", ".box"],
  compare: ["#/compare?names=weaknas-1&names=weaknas-2&names=random-1&names=random-2", ".dot.is-run"],
  hostile: [`#/study/${encodeURIComponent(hostileName)}/trials`, ".trials .trial-row"],
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

  async function waitForMarked(page: Page, number: number): Promise<void> {
    const link = `a[href$="/trial/${number}"]`;
    await page.waitForSelector(`.trial-row[aria-current][aria-rowindex="${number + 2}"] ${link}[tabindex="0"]`);
    await page.waitForSelector(`.trial-row-head.is-marked ${link}`);
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
    const rows = page.locator(".trials .trial-row");
    expect(await rows.count()).toBeLessThan(80);
    await page.locator(".trial-box").evaluate((box) => {
      box.scrollTop = 50_000 * 33;
    });
    await page.waitForSelector('a[href$="/trial/50000"]');
    await page.fill('input[name="number"]', "99999");
    await page.click('.jump button[type="submit"]');
    await waitForMarked(page, 99999);
    await page.keyboard.press("Home");
    await waitForMarked(page, 0);
    await page.keyboard.press("ArrowDown");
    await waitForMarked(page, 1);
    await page.click('[role=columnheader]:has-text("validation accuracy") button');
    await page.waitForSelector('[role=columnheader][aria-sort="descending"]');
    const values = await rows.locator(".trial-cell:nth-child(3)").allTextContents();
    const numbers = values.map((value) => Number.parseFloat(value));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    await page.selectOption('select[aria-label="State"]', "failed");
    await page.waitForFunction(() => document.querySelector(".trials .badge")?.textContent === "failed");
    await page.fill('input[type="search"]', "nothing has this");
    await page.waitForSelector("text=No trial matches");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a table of 100,000 trials shows rows however fast one scrolls, and puts them in order at rest", async () => {
    const page = await open(...pages["trials"]);
    const box = page.locator(".trial-box");
    // Before the page hears of it: a bar that is dragged shows what is there at that moment.
    for (const top of [60_000 * 33, 20_000 * 33, 0, 99_990 * 33, 99_970 * 33]) {
      const uncovered = await box.evaluate((element, next) => {
        element.scrollTop = next;
        const [outer, inner] = [element, element.querySelector(".trial-window")!].map((each) =>
          each.getBoundingClientRect(),
        );
        return (
          Math.max(0, inner.top - outer.top - 40) + Math.max(0, outer.top + element.clientHeight - inner.bottom - 2)
        );
      }, top);
      expect(uncovered, `scrolled to ${top}`).toBe(0);
      await page.waitForSelector(`.trial-row[aria-rowindex="${Math.min(99_985, top / 33) + 2}"]`);
    }
    await box.evaluate((element) => {
      element.scrollTop = 50_000 * 33 + 200;
    });
    await page.waitForFunction(() => {
      const list = [...document.querySelectorAll(".trial-row")].map((row) => Number(row.ariaRowIndex));
      return list[0] > 49_980 && list[0] < 50_010 && list.every((row, index) => row === list[0] + index);
    });
    const copies = await page.locator(".trial-row").evaluateAll((all) => {
      const heads = [...document.querySelectorAll(".trial-row-head")];
      return all.filter((row, index) => {
        const isLevel = heads[index].getBoundingClientRect().top === row.getBoundingClientRect().top;
        const number = Number(row.ariaRowIndex) - 2;
        return !(
          isLevel && [row.querySelector("a"), heads[index]].every((each) => each!.textContent === String(number))
        );
      }).length;
    });
    expect(copies, "rows whose head is another").toBe(0);
    await box.evaluate((element) => {
      element.scrollLeft = 300;
    });
    const pinned = await page.locator(".trial-pinned").evaluate((element) => element.getBoundingClientRect().left);
    expect(Math.abs(pinned - (await box.evaluate((element) => element.getBoundingClientRect().left)))).toBeLessThan(2);
    // A link that has the focus gives it to the table when its trial leaves the page.
    await page.fill('input[name="number"]', "50010");
    await page.click('.jump button[type="submit"]');
    await waitForMarked(page, 50010);
    await page.locator('.trial-row a[href$="/trial/50010"]').focus();
    await box.evaluate((element) => {
      element.scrollTop = 0;
    });
    await page.waitForFunction(() => document.activeElement?.classList.contains("trial-box"));
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
    const page = await open("#/study/searching-now/trials", ".trials .trial-row");
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
    expect(text).toMatch(/^<\?xml[\s\S]*<svg[\s\S]*stroke="rgb/);
    expect(text).not.toMatch(/class=|style=|var\(--/);
    const table = page.waitForEvent("download");
    await page.click('button[aria-label="Download the numbers of “Best so far” as CSV"]');
    expect(readFileSync(await (await table).path(), "utf8")).toMatch(/^trial,validation accuracy,best so far\r\n0,/);
    expect(complaints).toEqual([]);
    await page.context().close();
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
