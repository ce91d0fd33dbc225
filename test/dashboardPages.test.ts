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
    await page.keyboard.press("n");
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

  /** How many times the map is enlarged, and where the point lies that is told of, in the window. */
  async function lookAtMap(page: Page): Promise<{ zoom: number; x: number; y: number }> {
    return page.evaluate(() => {
      const { left, top } = document.querySelector(".map")!.getBoundingClientRect();
      const circle = document.querySelector(".map-ring circle.touched");
      return {
        zoom: Number.parseFloat(document.querySelector(".zoom-buttons output")!.textContent || "1"),
        x: left + Number(circle?.getAttribute("cx")),
        y: top + Number(circle?.getAttribute("cy")),
      };
    });
  }

  test("the map is zoomed and moved by wheel, mouse, buttons and keys, and leaves the page its scrolling", async () => {
    const page = await open(...pages["dynamics"]);
    await page.waitForSelector("canvas.is-top");
    const box = (await page.locator("canvas.is-top").boundingBox())!;
    const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
    const zoom = async (): Promise<number> => (await lookAtMap(page)).zoom;
    await page.mouse.move(...middle);
    await page.mouse.wheel(0, 120);
    await page.waitForFunction(() => scrollY > 0);
    expect(await zoom()).toBe(1);
    await page.waitForSelector(".map-hint");
    await page.evaluate(() => scrollTo(0, 0));

    // With Ctrl, about the pointer: only distances from it grow.
    await page.locator("canvas.is-top").focus();
    await page.keyboard.press("n");
    const start = await lookAtMap(page);
    await page.locator("canvas.is-top").blur();
    await page.mouse.move(start.x, start.y);
    const before = await lookAtMap(page);
    const scrolled = await page.evaluate(() => scrollY);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await page.waitForFunction(() => document.querySelector(".zoom-words") !== null);
    const after = await lookAtMap(page);
    expect(after.zoom).toBeGreaterThan(1.5);
    const away = (place: typeof start): number => Math.hypot(place.x - start.x, place.y - start.y);
    expect(Math.abs(away(after) - after.zoom * away(before))).toBeLessThan(3);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    await page.evaluate(() => scrollTo(0, 0));

    await page.mouse.move(...middle);
    await page.mouse.down();
    await page.mouse.move(middle[0] - 60, middle[1] - 40, { steps: 4 });
    await page.mouse.up();
    expect(page.url()).toContain("/dynamics");
    // The drag gave it the focus: now the wheel alone zooms, and scrolls again where there is nothing left to zoom.
    await page.mouse.wheel(0, -200);
    expect(await zoom()).toBeGreaterThan(after.zoom);
    await page.mouse.wheel(0, 400);
    await page.mouse.wheel(0, 400);
    expect(await zoom()).toBe(1);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(() => scrollY > 0);
    await page.evaluate(() => scrollTo(0, 0));

    await page.mouse.dblclick(box.x + 40, box.y + 60);
    await expect.poll(zoom).toBe(2);
    await page.locator('[aria-label="Zoom in"]').focus();
    await page.keyboard.press("Enter");
    await expect.poll(zoom).toBe(4);
    await page.click('[aria-label="Zoom out"]');
    await expect.poll(zoom).toBe(2);
    await page.click('[aria-label="Show the whole map"]');
    await expect.poll(zoom).toBe(1);
    await page.locator("canvas.is-top").focus();
    for (const [key, zoomed] of Object.entries({ "+": 2, "=": 4, "-": 2, "0": 1 })) {
      await page.keyboard.press(key);
      await expect.poll(zoom).toBe(zoomed);
    }
    expect(await page.locator("canvas.is-top").evaluate((canvas) => getComputedStyle(canvas).outlineStyle)).toBe(
      "solid",
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("every point of the map tells its architecture, and is opened or copied", async () => {
    const page = await open(...pages["dynamics"]);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("canvas.is-top").focus();
    await page.keyboard.press("n");
    // From the trial on from point to point, until one was never evaluated.
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press("ArrowRight");
      if ((await page.locator(".tooltip strong").textContent()) === "Not evaluated") break;
    }
    const tooltip = page.locator(".tooltip");
    await tooltip.locator("text=/\\|.*~0\\|\\+\\|/").waitFor();
    expect(await tooltip.textContent()).toMatch(/^Not evaluatedmodel after decision 19: .*FLOPs: .*parameters: /);
    const text = (await tooltip.locator("span").last().textContent())!;
    const { x, y } = await lookAtMap(page);
    await page.keyboard.press("Escape");
    await page.mouse.click(x, y);
    const card = page.locator(".point-card");
    expect(await card.locator(".point-text").textContent()).toBe(text);
    await card.locator("text=Copy the architecture").click();
    await card.locator("text=Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    await card.locator("text=Close").click();
    expect(await card.count()).toBe(0);

    const waiting = page.waitForEvent("download");
    await page.click('button[aria-label="Download the numbers of “Map of the space” as CSV"]');
    const rows = readFileSync(await (await waiting).path(), "utf8")
      .trim()
      .split("\r\n");
    expect(rows[0]).toBe("x,y,trial,decision,predicted,validation accuracy,architecture");
    expect(rows).toHaveLength(15_626);
    expect(rows.every((row, place) => place === 0 || row.includes("~0|+|"))).toBe(true);

    await page.locator("canvas.is-top").focus();
    await page.keyboard.press("p");
    const trial = await lookAtMap(page);
    await page.mouse.click(trial.x, trial.y);
    await page.waitForSelector("h1:has-text('Trial')");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("fingers pinch the map and scroll the page, and a tap tells a point", async () => {
    const context = await browser.newContext({
      ...{ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" as const },
    });
    const page = await context.newPage();
    await page.goto(`${server.address}${pages["dynamics"][0]}`);
    await page.waitForSelector("canvas.is-top");
    await page.locator(".map").scrollIntoViewIfNeeded();
    const session = await context.newCDPSession(page);
    /** Fingers on their ways, each from a place to a place in the window. */
    const drag = async (...fingers: readonly (readonly [from: readonly number[], to: readonly number[]])[]) => {
      for (let step = 0; step <= 10; step++) {
        const touchPoints = fingers.map(([from, to], id) => ({
          id,
          x: from[0] + ((to[0] - from[0]) * step) / 10,
          y: from[1] + ((to[1] - from[1]) * step) / 10,
        }));
        await session.send("Input.dispatchTouchEvent", { type: step === 0 ? "touchStart" : "touchMove", touchPoints });
        await page.waitForTimeout(16);
      }
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    const box = (await page.locator("canvas.is-top").boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = await page.evaluate(() => scrollY);
    await drag(
      [
        [x - 30, y],
        [x - 90, y + 20],
      ],
      [
        [x + 30, y],
        [x + 90, y + 20],
      ],
    );
    await expect.poll(async () => (await lookAtMap(page)).zoom).toBeGreaterThan(2.5);
    expect(await page.evaluate(() => [visualViewport!.scale, scrollY])).toEqual([1, top]);
    await drag([
      [x, y + 60],
      [x, y - 90],
    ]);
    await page.waitForFunction((before) => scrollY > before + 50, top);
    await page.locator('[aria-label="Show the whole map"]').tap();
    await page.locator(".map").scrollIntoViewIfNeeded();
    const now = (await page.locator("canvas.is-top").boundingBox())!;
    for (let step = 0; step < 8 && (await page.locator(".point-card").count()) === 0; step++)
      await page.touchscreen.tap(now.x + now.width * 0.5, now.y + now.height * (0.3 + 0.05 * step));
    await page.waitForSelector(".point-card .point-text");
    expect(page.url()).toContain("/dynamics");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });

  test("a map shows what the limits of its study rule out", async () => {
    const page = await open(`#/study/${encodeURIComponent(hostileName)}/dynamics`, ".timeline");
    await page.waitForSelector("canvas.is-top");
    await page.waitForSelector(".map-legend >> text=Outside of the limits");
    expect(await page.locator("figcaption").textContent()).toMatch(
      /^All 15.625 architectures, [\d\u202f]+ of them within/,
    );
    const waiting = page.waitForEvent("download");
    await page.click('button[aria-label="Download “Map of the space” as SVG"]');
    const file = readFileSync(await (await waiting).path(), "utf8");
    // Strokes from bottom left to top right.
    expect(file.match(/l[\d.]+ -[\d.]+/g)!.length).toBeGreaterThan(1000);
    expect(await findBarriers(page)).toEqual([]);
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
