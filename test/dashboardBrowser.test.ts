import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDashboardServer, type DashboardServer } from "../src/server/index.js";
import { createSampleViewSource } from "./fixtures/sampleViewSource.js";

/* What only a browser decides: cookies, links of other sites, and the content security policy. Pages are a stand-in. */

const assets = fileURLToPath(new URL("fixtures/dashboardAssets", import.meta.url));
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

describe.skipIf(executable === undefined)("the dashboard in Chromium", () => {
  let browser: Browser;
  let server: DashboardServer;
  let elsewhere: Server;
  let foreign: string;

  beforeAll(async () => {
    server = await createDashboardServer({
      source: createSampleViewSource(),
      assets,
      port: 0,
      token: "a-token-of-a-test",
    });
    const links = `<a id="known" href="${server.url}">a</a><a id="bare" href="http://127.0.0.1:${server.port}/">b</a>`;
    elsewhere = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end(links)).listen(0);
    // Another host than 127.0.0.1, so another site.
    foreign = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath: executable!, args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    elsewhere?.close();
  });

  const visit = async (): Promise<Page> => await (await browser.newContext()).newPage();
  const arrive = async (page: Page): Promise<string> => {
    await page.waitForFunction(() => document.title.startsWith("Stand-in"));
    return page.url();
  };
  const home = (): string => `http://127.0.0.1:${server.port}/`;

  test("the address with the token opens it, keeps its route, and no script sees the cookie", async () => {
    const page = await visit();
    await page.goto(`${server.url}#/study/first`);
    expect(await arrive(page)).toBe(`${home()}#/study/first`);
    expect(await page.evaluate(() => document.cookie)).toBe("");
    const opened = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const events = new EventSource("/api/events");
          events.onopen = () => resolve(true);
          events.onerror = () => resolve(false);
        }),
    );
    expect(opened).toBe(true);
    await page.context().close();
  });

  test("links of other sites work with the token or after it, and with neither they do not", async () => {
    const page = await visit();
    for (const link of ["#known", "#bare"]) {
      await page.goto(foreign);
      await page.click(link);
      expect(await arrive(page)).toBe(home());
    }
    await page.context().close();
    const stranger = await visit();
    await stranger.goto(foreign);
    await stranger.click("#bare");
    await stranger.waitForFunction(() => document.body?.textContent?.includes("The dashboard needs its token."));
    await stranger.context().close();
  });

  test("inline scripts and other servers are out of reach", async () => {
    const page = await visit();
    await page.goto(server.url);
    await arrive(page);
    const outcome = await page.evaluate(async (address) => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'hacked'";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\"document.title = 'hacked'\">");
      const reached = await fetch(address).then(
        () => true,
        () => false,
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { reached, title: document.title };
    }, foreign);
    expect(outcome.reached).toBe(false);
    expect(outcome.title).not.toBe("hacked");
    await page.context().close();
  });
});
