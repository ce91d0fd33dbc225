import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { createFixture, type Fixture } from "../dashboard/fixtures/fixtureSource.js";
import { serveFixture } from "../dashboard/fixtures/serveFixture.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Debian's Chromium; undefined, with a word on the console, where it is not there. Throws where `CI` is set. */
export function findChromium(): string | undefined {
  const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
  if (executable === undefined) {
    const message = "Chromium is missing (Debian's package chromium): the tests of the dashboard's pages cannot run.";
    if (process.env["CI"] === "true") throw new Error(message);
    console.warn(message);
  }
  return executable;
}

/** A browser that looks at the dashboard of made-up studies. */
export interface FixtureBrowser {
  readonly fixture: Fixture;
  readonly address: string;
  readonly browser: Browser;
  /** What the consoles of pages said, policy violations included. */
  readonly complaints: string[];
  /** A page at an address behind #, once a selector is there. */
  open(hash: string, drawn: string, options?: { width?: number; theme?: "light" | "dark" }): Promise<Page>;
  close(): Promise<void>;
}

export async function openFixtureBrowser(executable: string): Promise<FixtureBrowser> {
  const fixture = createFixture();
  const server = await serveFixture(fixture, join(root, "dist/dashboard"));
  const browser = await chromium.launch({
    executablePath: executable,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
    ],
  });
  const complaints: string[] = [];
  return {
    ...{ fixture, address: server.address, browser, complaints },
    async open(hash, drawn, { width = 1440, theme = "light" } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        ...{ colorScheme: theme, reducedMotion: "reduce" as const, acceptDownloads: true },
      } satisfies BrowserContextOptions);
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
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Serious findings of axe: what, and where. */
export async function findBarriers(page: Page): Promise<string[]> {
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
