// Pictures of the dashboard: `node scripts/screenshotDashboard.mjs [--from ADDRESS --study NAME…] [folder] [page…]`.
// Without a folder the pictures of the docs are made, of studies that are searched for them (a minute or two; build dist and the playground before).
// With a folder every page is taken in both themes at 1440 and 390 pixels: of made-up studies, or of a dashboard at an address. Of several studies
// the first is shown and all are compared.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { shrinkPng } from "./indexedPng.mjs";
import { comparedNames, servePicturedStudies, servePlayground, trainedName } from "./picturedStudies.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values: given, positionals } = parseArgs({
  options: { from: { type: "string" }, study: { type: "string", multiple: true } },
  allowPositionals: true,
});
const [folder, ...wanted] = positionals;
const isMadeUp = given.from === undefined && folder !== undefined;
const names =
  given.study ?? (isMadeUp ? [1, 2, 3, 4, 5].flatMap((seed) => [`weaknas-${seed}`, `random-${seed}`]) : comparedNames);
const shown = encodeURIComponent(names[0]);

const pages = {
  studies: "#/",
  overview: `#/study/${shown}`,
  trials: isMadeUp ? "#/study/sweep-of-100000/trials" : `#/study/${shown}/trials`,
  dynamics: `#/study/${shown}/dynamics`,
  trial: `#/study/${given.from === undefined && !isMadeUp ? trainedName : shown}/trial/${isMadeUp ? 60 : 5}`,
  compare: `#/compare?${names.map((name) => `names=${encodeURIComponent(name)}`).join("&")}`,
  ...(isMadeUp ? { hostile: `#/study/${encodeURIComponent('"><img src=x onerror=alert(1)>\u202egpj')}` } : {}),
};
/** As many pixels as show what the page is about. */
const forDocs = [
  { page: "overview", theme: "light", width: 1440, height: 900 },
  { page: "dynamics", theme: "dark", width: 1440, height: 1100 },
  { page: "trial", theme: "light", width: 1440, height: 960 },
  { page: "compare", theme: "light", width: 1440, height: 660 },
  { page: "overview", theme: "light", width: 390, height: 844 },
  { page: "dynamics", theme: "dark", width: 390, height: 844 },
];

const scratch = mkdtempSync(join(tmpdir(), "assay-pictures-"));
const server =
  given.from !== undefined
    ? { address: given.from, close() {} }
    : await (isMadeUp ? serveMadeUp() : servePicturedStudies(scratch));
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

async function openTab({ name, theme, width, height = width < 600 ? 844 : 900 }) {
  const context = await browser.newContext({
    viewport: { width, height },
    ...{ colorScheme: theme, reducedMotion: "reduce", deviceScaleFactor: 1 },
  });
  const tab = await context.newPage();
  tab.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && console.error(`${name}: ${message.text()}`),
  );
  tab.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
  return tab;
}

async function picture({ page, path, isWhole, ...looks }) {
  const tab = await openTab({ name: page, ...looks });
  await tab.goto(server.address + pages[page]);
  await tab.waitForSelector("table, .plot, .map, .trial-row", { timeout: 120_000 });
  await tab.waitForTimeout(1500);
  const file = await tab.screenshot({ fullPage: isWhole });
  writeFileSync(path, folder === undefined ? shrinkPng(file) : file);
  await tab.context().close();
}

/** The playground while it searches, on the map. */
async function picturePlayground(path) {
  const playground = await servePlayground();
  try {
    const tab = await openTab({ name: "playground", theme: "light", width: 1440, height: 1100 });
    await tab.goto(playground.address);
    await tab.selectOption('select[name="pace"]', "100");
    await tab.click('form.playground button[type="submit"]');
    await tab.waitForSelector("nav.tabs");
    await tab.click('nav.tabs a[href$="/dynamics"]');
    await tab.waitForFunction(
      () => Number.parseInt(document.querySelector(".timeline-words")?.textContent ?? "0", 10) >= 9,
    );
    await tab.waitForTimeout(600);
    writeFileSync(path, shrinkPng(await tab.screenshot()));
  } finally {
    playground.close();
  }
}

try {
  if (folder === undefined) {
    const images = join(root, "docs/images");
    for (const { page, width, ...looks } of forDocs) {
      const name = `dashboard-${page}-${width < 600 ? "phone" : looks.theme}.png`;
      await picture({ page, width, ...looks, path: join(images, name), isWhole: false });
    }
    await picturePlayground(join(images, "playground.png"));
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
