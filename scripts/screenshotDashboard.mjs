// Pictures of the dashboard: `node scripts/screenshotDashboard.mjs [--from ADDRESS --study NAME…] [folder] [page…]`. Without an address made-up
// studies are shown; without a folder the pictures of the docs are made. Of several studies the first is shown and all are compared.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { shrinkPng } from "./indexedPng.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values: given, positionals } = parseArgs({
  options: { from: { type: "string" }, study: { type: "string", multiple: true } },
  allowPositionals: true,
});
const [folder, ...wanted] = positionals;
const names = given.study ?? [1, 2, 3, 4, 5].flatMap((seed) => [`weaknas-${seed}`, `random-${seed}`]);
const shown = encodeURIComponent(names[0]);

const pages = {
  studies: "#/",
  overview: `#/study/${shown}`,
  trials: given.from === undefined ? "#/study/sweep-of-100000/trials" : `#/study/${shown}/trials`,
  dynamics: `#/study/${shown}/dynamics`,
  trial: `#/study/${shown}/trial/60`,
  compare: `#/compare?${names.map((name) => `names=${encodeURIComponent(name)}`).join("&")}`,
  ...(given.from === undefined
    ? { hostile: `#/study/${encodeURIComponent('"><img src=x onerror=alert(1)>\u202egpj')}` }
    : {}),
};
const forDocs = [
  { page: "overview", theme: "light" },
  { page: "overview", theme: "dark" },
  { page: "dynamics", theme: "dark" },
  { page: "compare", theme: "light" },
];

const scratch = mkdtempSync(join(tmpdir(), "assay-pictures-"));
const server = given.from === undefined ? await serveMadeUp() : { address: given.from, close() {} };
const browser = await chromium.launch({
  executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path)),
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

async function serveMadeUp() {
  const bundle = join(scratch, "fixture.mjs");
  await build({
    stdin: {
      contents: `export * from "./dashboard/fixtures/fixtureSource.ts"; export * from "./dashboard/fixtures/serveFixture.ts";`,
      resolveDir: root,
    },
    ...{ bundle: true, platform: "node", format: "esm", outfile: bundle, logLevel: "warning" },
  });
  const { createFixture, serveFixture } = await import(pathToFileURL(bundle).href);
  return serveFixture(createFixture(), join(root, "dist/dashboard"));
}

async function picture({ page, theme, width, path, isWhole }) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    ...{ colorScheme: theme, reducedMotion: "reduce", deviceScaleFactor: 1 },
  });
  const tab = await context.newPage();
  tab.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && console.error(`${page}: ${message.text()}`),
  );
  tab.on("pageerror", (error) => console.error(`${page}: ${error.message}`));
  await tab.goto(server.address + pages[page]);
  await tab.waitForSelector("table, .plot, .map");
  await tab.waitForTimeout(1500);
  const file = await tab.screenshot({ fullPage: isWhole });
  writeFileSync(path, folder === undefined ? shrinkPng(file) : file);
  await context.close();
}

try {
  if (folder === undefined) {
    for (const { page, theme } of forDocs) {
      const path = join(root, `docs/images/dashboard-${page}-${theme}.png`);
      await picture({ page, theme, width: 1440, path, isWhole: false });
    }
  } else {
    mkdirSync(folder, { recursive: true });
    for (const page of wanted.length > 0 ? wanted : Object.keys(pages)) {
      for (const [theme, width] of [
        ["light", 1440],
        ["dark", 1440],
        ["light", 390],
        ["dark", 390],
      ]) {
        await picture({ page, theme, width, path: join(folder, `${page}-${theme}-${width}.png`), isWhole: true });
      }
    }
  }
} finally {
  await browser.close();
  server.close();
  rmSync(scratch, { recursive: true, force: true });
}
