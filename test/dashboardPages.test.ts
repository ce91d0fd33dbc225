import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hostileName } from "../dashboard/fixtures/fixtureSource.js";
import { parseStyleSheet } from "../dashboard/src/figureFiles/styleSheet.js";
import { writeFigure } from "../dashboard/src/figureFiles/writeFigure.js";
import { qualityFigure } from "../dashboard/src/pages/study/predictionQuality.js";
import { type FixtureBrowser, findBarriers, findChromium, openFixtureBrowser } from "./fixtureBrowser.js";

const executable = findChromium();

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

describe.skipIf(executable === undefined)("the dashboard in a browser", () => {
  let opened: FixtureBrowser;
  let complaints: string[];

  beforeAll(async () => {
    opened = await openFixtureBrowser(executable!);
    complaints = opened.complaints;
  });

  afterAll(() => opened?.close());

  afterEach(() => {
    complaints.length = 0;
  });

  async function waitForMarked(page: Page, number: number): Promise<void> {
    const link = `a[href$="/trial/${number}"]`;
    await page.waitForSelector(`.trial-row[aria-current][aria-rowindex="${number + 2}"] ${link}[tabindex="0"]`);
    await page.waitForSelector(`.trial-row-head.is-marked ${link}`);
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
        if (page === undefined) page = await opened.open(hash, drawn, { width, theme });
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
    const page = await opened.open(...pages["trials"]);
    const rows = page.locator(".trials .trial-row");
    expect(await rows.count()).toBeLessThan(80);
    await page.waitForSelector('[aria-rowcount="100001"]');
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
    const page = await opened.open(...pages["trials"]);
    const box = page.locator(".trial-box");
    // They come in pieces, and the first piece is shown at once.
    await page.waitForSelector('[aria-rowcount="100001"]');
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

  test("new trials appear while what was typed, marked and scrolled stays", async () => {
    const page = await opened.open("#/study/searching-now/trials", ".trials .trial-row");
    await page.fill('input[type="search"]', "conv");
    await page.locator(".trial-box").evaluate((box) => {
      box.scrollTop = 400;
    });
    await page.locator('input[type="search"]').focus();
    const before = await page.locator(".subtitle[role=status]").textContent();
    opened.fixture.advance(15);
    await page.waitForFunction((old) => document.querySelector(".subtitle[role=status]")?.textContent !== old, before);
    expect(await page.inputValue('input[type="search"]')).toBe("conv");
    expect(await page.locator(".trial-box").evaluate((box) => box.scrollTop)).toBe(400);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("search");
    opened.fixture.say({ kind: "trouble", message: "The storage is busy" });
    await page.waitForSelector("text=The storage is busy");
    await page.context().close();
  });

  test("hostile names and logs are only text, and figures come as files that need no style sheet", async () => {
    const page = await opened.open(`#/study/${encodeURIComponent(hostileName)}`, ".figure .dot");
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
    const page = await opened.open(...pages["overview"]);
    const waiting = page.waitForEvent("download");
    await page.click('button[aria-label="Download “Prediction quality” as SVG"]');
    const saved = readFileSync(await (await waiting).path(), "utf8");
    const sheet = parseStyleSheet(readFileSync(new URL("../dist/dashboard/app.css", import.meta.url), "utf8"));
    const width = Number(/ width="(\d+)"/.exec(saved)?.[1]);
    expect(saved).toBe(writeFigure(qualityFigure(await opened.fixture.study("weaknas-1")), width, sheet));
    await page.context().close();
  });

  test("the map is saved with its legend, in the colours of the theme", async () => {
    const page = await opened.open(...pages["dynamics"], { theme: "dark" });
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
    const page = await opened.open(`#/study/${encodeURIComponent(hostileName)}`, ".figure .dot");
    await page.click('.key-figure a:has-text("which, and why")');
    await page.waitForSelector(".trials .trial-row .badge");
    expect(await page.locator('select[aria-label="State"]').inputValue()).toBe("failed");
    expect(new Set(await page.locator(".trials .trial-row .badge").allTextContents())).toEqual(new Set(["failed"]));
    await page.goto(`${opened.address}#/study/weaknas-1/trial/0`);
    await page.waitForSelector('a[rel="next"]');
    const count = await page.evaluate(async () => {
      const rows = (await (await fetch("/api/studies")).json()) as { name: string; counts: Record<string, number> }[];
      const { counts } = rows.find(({ name }) => name === "weaknas-1")!;
      return Object.values(counts).reduce((sum, each) => sum + each, 0);
    });
    await page.goto(`${opened.address}#/study/weaknas-1/trial/${count - 1}`);
    await page.waitForSelector(`h1:has-text("Trial ${count - 1}")`);
    await page.waitForSelector('a[rel="next"]', { state: "detached" });
    expect(await page.locator('a[rel="prev"]').count()).toBe(1);
    const failed = await opened.open(
      `#/study/${encodeURIComponent(hostileName)}/trials?state=failed`,
      ".trials .trial-row a",
    );
    await failed.click(".trial-pinned a");
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
    const page = await opened.open(...pages["studies"]);
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
