/*
 * How fast the map of the dashboard is drawn: 15,625 points in headless Chromium without a graphics processor, which is the slowest way. Frames
 * of the screen while the map is zoomed, moved and played, all at once, and the processor time of the page for each. Needs Chromium and a built clone.
 *
 *   node bench/run.mjs map
 */
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { createFixture } from "../dashboard/fixtures/fixtureSource.js";
import { serveFixture } from "../dashboard/fixtures/serveFixture.js";

const SECONDS = 5;

const { default: playwright } = await import("playwright-core");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
const server = await serveFixture(createFixture(), join("dist", "dashboard"));
const browser = await playwright.chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

interface Frames {
  /** Milliseconds between two frames. */
  readonly apart: number[];
}

/** What happens while it is measured. */
const acts: Readonly<Record<string, { readonly isPlaying: boolean; readonly isZooming: boolean }>> = {
  nothing: { isPlaying: false, isZooming: false },
  playing: { isPlaying: true, isZooming: false },
  zooming: { isPlaying: false, isZooming: true },
  "zooming and playing": { isPlaying: true, isZooming: true },
};

for (const [width, density] of [
  [1440, 1],
  [1440, 2],
  [390, 2],
] as const) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: density });
  const page = await context.newPage();
  await page.goto(`${server.address}#/study/weaknas-1/dynamics`);
  await page.waitForSelector("canvas.is-top");
  await page.locator(".timeline input").fill("1");
  await page.waitForTimeout(1000);
  const session = await context.newCDPSession(page);
  // Processor time of the page, which others on the machine do not lengthen.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
  for (const [name, { isPlaying, isZooming }] of Object.entries(acts)) {
    await page.locator(".timeline input").fill("1");
    if (isPlaying) await page.click(".play");
    const before = await worked();
    const { apart } = await page.evaluate(
      async ({ seconds, isZooming }): Promise<Frames> => {
        const canvas = document.querySelector("canvas.is-top")!;
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const apart: number[] = [];
        let last = await new Promise<number>(requestAnimationFrame);
        const end = last + 1000 * seconds;
        for (let frame = 0; last < end; frame++) {
          // Two seconds in, two seconds out, about a place that moves.
          const [clientX, clientY] = [left + width * (0.5 + 0.2 * Math.sin(frame / 20)), top + height * 0.5];
          const deltaY = Math.floor(frame / 120) % 2 === 0 ? -12 : 12;
          if (isZooming)
            canvas.dispatchEvent(
              new WheelEvent("wheel", { ctrlKey: true, deltaY, clientX, clientY, cancelable: true }),
            );
          const now = await new Promise<number>(requestAnimationFrame);
          apart.push(now - last);
          last = now;
        }
        return { apart };
      },
      { seconds: SECONDS, isZooming },
    );
    const each = ((await worked()) - before) / apart.length;
    apart.sort((a, b) => a - b);
    const at = (share: number): string => apart[Math.floor(share * (apart.length - 1))].toFixed(1).padStart(6);
    const rate = (1000 * apart.length) / apart.reduce((sum, time) => sum + time, 0);
    console.log(
      `${width} px, density ${density}, ${name.padEnd(20)} ${rate.toFixed(1).padStart(5)} frames a second; apart: median ${at(0.5)} ms, 95 % ${at(0.95)} ms; processor ${each.toFixed(1).padStart(5)} ms a frame`,
    );
    if (isPlaying) await page.locator(".timeline input").fill("1");
    await page.focus("canvas.is-top");
    await page.keyboard.press("0");
    await page.waitForTimeout(400);
  }
  await context.close();
}
console.log(`load of the machine: ${loadavg()[0].toFixed(1)}`);
await browser.close();
server.close();
