import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hostileName } from "../dashboard/fixtures/fixtureSource.js";
import { type FixtureBrowser, findBarriers, findChromium, openFixtureBrowser } from "./fixtureBrowser.js";

const executable = findChromium();
const mapPage = ["#/study/weaknas-1/dynamics", "canvas.is-top"] as const;

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

describe.skipIf(executable === undefined)("the map in a browser", () => {
  let opened: FixtureBrowser;

  beforeAll(async () => {
    opened = await openFixtureBrowser(executable!);
  });

  afterAll(() => opened?.close());

  afterEach(() => {
    opened.complaints.length = 0;
  });

  test("the map plays, the slider moves it, and keys tell trials", async () => {
    const page = await opened.open(...mapPage);
    const words = page.locator(".timeline-words");
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
    expect(opened.complaints).toEqual([]);
    await page.context().close();
  });

  test("the map is zoomed and moved by wheel, mouse, buttons and keys, and leaves the page its scrolling", async () => {
    const page = await opened.open(...mapPage);
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
    expect(opened.complaints).toEqual([]);
    await page.context().close();
  });

  test("every point of the map tells its architecture, and is opened or copied", async () => {
    const page = await opened.open(...mapPage);
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
    expect(await tooltip.textContent()).toMatch(/^Not evaluatedpredicted after decision 19: .*FLOPs: .*parameters: /);
    const text = (await tooltip.locator("span").last().textContent())!;
    // So near that no mark covers it.
    for (let step = 0; step < 12; step++) await page.keyboard.press("+");
    await page.waitForFunction(() => document.querySelector(".zoom-buttons output")?.textContent?.startsWith("24"));
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
    expect(opened.complaints).toEqual([]);
    await page.context().close();
  });

  test("fingers pinch the map and scroll the page, and a tap tells a point", async () => {
    const context = await opened.browser.newContext({
      ...{ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" as const },
    });
    const page = await context.newPage();
    await page.goto(`${opened.address}${mapPage[0]}`);
    await page.waitForSelector(mapPage[1]);
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
    const page = await opened.open(`#/study/${encodeURIComponent(hostileName)}/dynamics`, "canvas.is-top");
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
    expect(opened.complaints).toEqual([]);
    await page.context().close();
  });
});
