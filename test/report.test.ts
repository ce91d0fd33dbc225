import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFixture, hostileName } from "../dashboard/fixtures/fixtureSource.js";
import { AssayError } from "../src/errors.js";
import { createGenerator } from "../src/random/index.js";
import { openStorage } from "../src/study/openStorage.js";
import type { ViewSource } from "../src/view/contract.js";
import { collectReport, writeReportFile } from "../src/view/report/index.js";
import { assay } from "./cliHarness.js";
import { fillStudy } from "./sampleStudy.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), "assay-report-"));
const storagePath = join(folder, "assay.db");
/** No storage takes such a name; files that somebody changed may hold one. */
const hostileStudy = "</script><script>document.title='hacked'</script>";

const frontEnd = {
  script: readFileSync(join(root, "dist/dashboard/app.js"), "utf8"),
  style: readFileSync(join(root, "dist/dashboard/app.css"), "utf8"),
};

beforeAll(async () => {
  const storage = await openStorage(storagePath);
  fillStudy(storage, "first").close();
  fillStudy(storage, "second").close();
  storage.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("assay report", () => {
  test("writes one file with several studies", async () => {
    const out = join(folder, "both.html");
    const outcome = await assay(["report", "first", "second", "first", "--storage", storagePath, "-o", out]);
    expect(outcome).toMatchObject({ exitCode: 0, out: "" });
    expect(outcome.err).toMatch(/wrote .*both\.html \(\d+ KB\)\n$/);
    const page = readFileSync(out, "utf8");
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toMatch(/(?:src|href)="(?!data:,")/);
    expect(page).toContain("script-src 'sha256-");
    expect(page).not.toContain(folder);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test.each([
    [["report"], "missing required argument 'study'"],
    [["report", "frist"], 'Did you mean "first"?'],
    [["report", "first", "-o", join(folder, "report.pdf")], "expected a file ending in .html"],
    [["report", "first", "-o", join(folder, "none", "report.html")], "there is no folder"],
    [["report", "first", "second", "--map"], "the map of a single study"],
  ])("%j is refused", async (words, message) => {
    const outcome = await assay(words.length > 1 ? [...words, "--storage", storagePath] : words);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.err).toContain(message);
  });

  test("refuses to take the place of the studies, and a file of studies that is not there", async () => {
    const odd = join(folder, "studies.html");
    const storage = await openStorage(odd);
    fillStudy(storage, "first").close();
    storage.close();
    const before = readFileSync(odd);
    expect((await assay(["report", "first", "--storage", odd, "-o", odd])).err).toContain("the studies themselves");
    expect(readFileSync(odd).equals(before)).toBe(true);
    const missing = await assay([
      "report",
      "first",
      "--storage",
      join(folder, "none.db"),
      "-o",
      join(folder, "a.html"),
    ]);
    expect(missing).toMatchObject({ exitCode: 2 });
    expect(missing.err).toContain("There is no file");
    expect(existsSync(join(folder, "none.db"))).toBe(false);
  });

  test("stays whole when it is stopped", async () => {
    const out = join(folder, "stopped.html");
    const outcome = await assay(["report", "first", "--storage", storagePath, "-o", out], {
      signal: AbortSignal.abort(),
    });
    expect(outcome.exitCode).toBe(130);
    expect(existsSync(out)).toBe(false);
  });
});

test("a front end that would end its own element is refused", () => {
  const head = { schema: 1, version: "0", madeAt: 0, studies: [], notes: [] } as const;
  const views = { studies: [], comparisons: [] };
  for (const script of ["'</script>'", "'<!--'", "a\r\nb"])
    expect(() => writeReportFile({ head, views, style: "", script })).toThrow("cannot stand in a page");
});

test("a study of 1,000 trials, with a map and 200 epochs of training each, takes less than 2 MB", async () => {
  const fixture = createFixture();
  const name = "sweep-of-100000";
  const noise = createGenerator(1);
  const source: ViewSource = {
    ...fixture,
    async study() {
      const view = await fixture.study(name);
      return { ...view, hasMap: true, front: view.front.filter((number) => number < 1000), improvements: [] };
    },
    trials: (_, from, count) => fixture.trials(name, from, Math.min(count, Math.max(0, 1000 - from))),
    async trial(_, number) {
      const series = Array.from({ length: 200 }, () => noise.uniform());
      return {
        ...(await fixture.trial("weaknas-1", number % 200)),
        curves: { loss: series, accuracy: series.toReversed() },
      };
    },
    map: (_, method) => fixture.map("weaknas-1", method),
    frame: (_, method, decision) => fixture.frame("weaknas-1", method, decision),
  };
  const { views, notes } = await collectReport(source, [name], { mapRoom: { bytes: 350_000, seconds: 600 } });
  const head = { schema: 1, version: "0", madeAt: 0, studies: [name], notes } as const;
  const size = Buffer.byteLength(writeReportFile({ head, views, ...frontEnd }));
  expect(size).toBeLessThan(2_000_000);
  expect(views.studies[0].map).toBeDefined();
  expect(Object.keys(views.studies[0].details).length).toBeGreaterThan(500);
});

describe.skipIf(executable === undefined)("a report opened from the disk", () => {
  let browser: Browser;
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  beforeAll(async () => {
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
  });

  interface Visit {
    readonly page: Page;
    readonly complaints: string[];
    readonly requests: string[];
  }

  async function open(path: string): Promise<Visit> {
    const context = await browser.newContext({
      ...{ offline: true, reducedMotion: "reduce" as const, viewport: { width: 1280, height: 900 } },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    return { page, complaints, requests };
  }

  async function write(name: string, names: readonly string[], source: ViewSource = createFixture()): Promise<string> {
    const { views, notes } = await collectReport(source, names, { mapRoom: { bytes: 400_000, seconds: 600 } });
    const head = { schema: 1, version: "0.0.1-test", madeAt: 1_764_000_000, studies: names, notes } as const;
    const path = join(folder, name);
    writeFileSync(path, writeReportFile({ head, views, ...frontEnd }));
    return path;
  }

  async function findBarriers({ page }: Visit): Promise<readonly string[]> {
    await page.evaluate(axe);
    return await page.evaluate(async () => {
      interface Finding {
        readonly id: string;
        readonly impact: string;
      }
      const runner = (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe;
      const { violations } = await runner.run();
      return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id }) => id);
    });
  }

  test("shows one study with all its pages, the map among them, and reaches nothing", async () => {
    const visit = await open(await write("one.html", ["weaknas-1"]));
    const { page, complaints, requests } = visit;
    await page.waitForSelector(".figure .dot");
    expect(await page.locator("h1").textContent()).toBe("weaknas-1");
    expect(await page.locator(".report-foot").textContent()).toMatch(/^Report made .*2025.* by Assay 0\.0\.1-test\./);
    expect(await findBarriers(visit)).toEqual([]);
    await page.click('nav.tabs a[href$="/trials"]');
    await page.waitForSelector(".trials .trial-row");
    await page.click('nav.tabs a[href$="/dynamics"]');
    await page.waitForSelector(".timeline");
    await page.evaluate(() => {
      location.hash = "#/study/weaknas-1/trial/120";
    });
    await page.waitForSelector("h1:has-text('Trial 120')");
    await page.waitForSelector(".box");
    expect(complaints).toEqual([]);
    expect(requests.filter((address) => !/^(?:file|data|blob):/.test(address))).toEqual([]);
    expect(requests.filter((address) => address.startsWith("file:"))).toHaveLength(1);
    await page.context().close();
  });

  test("shows several studies, compares them, and takes hostile names and logs as text", async () => {
    const { page, complaints } = await open(await write("several.html", [hostileName, "weaknas-1", "random-1"]));
    await page.waitForSelector("table.studies tbody tr");
    expect(await page.locator("table.studies tbody tr").count()).toBe(3);
    await page.check('input[aria-label="Compare weaknas-1"]');
    await page.check('input[aria-label="Compare random-1"]');
    await page.click("text=Compare 2");
    await page.waitForSelector("h1:has-text('Compare')");
    await page.waitForSelector(".figure");
    await page.evaluate((name) => {
      location.hash = `#/study/${encodeURIComponent(name)}`;
    }, hostileName);
    await page.waitForSelector("h1:has-text('onerror=alert(1)')");
    expect(await page.locator("main img, main script").count()).toBe(0);
    await page.evaluate(() => {
      location.hash = "#/study/weaknas-1/dynamics";
    });
    await page.waitForSelector("text=is not in this report");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a script in names, failures and logs does nothing", async () => {
    const fixture = createFixture();
    const hostile: ViewSource = {
      ...fixture,
      async study() {
        const view = await fixture.study("weaknas-1");
        return { ...view, row: { ...view.row, name: hostileStudy, strategy: hostileStudy } };
      },
      trials: (_, from, count) => fixture.trials("weaknas-1", from, count),
      async trial(_, number) {
        const trial = await fixture.trial("weaknas-1", number);
        return { ...trial, failure: hostileStudy, reason: hostileStudy, log: { text: hostileStudy, isCut: false } };
      },
      map: () => Promise.reject(new AssayError("no-map", hostileStudy)),
    };
    const { page, complaints } = await open(await write("hostile.html", [hostileStudy], hostile));
    await page.waitForSelector(".figure .dot");
    expect(await page.locator("h1").textContent()).toBe(hostileStudy);
    expect(await page.title()).toBe(`${hostileStudy} · Assay`);
    await page.evaluate((name) => {
      location.hash = `#/study/${encodeURIComponent(name)}/trial/2`;
    }, hostileStudy);
    await page.waitForSelector("pre.log");
    expect(await page.locator("pre.log").first().textContent()).toBe(hostileStudy);
    expect(await page.locator(".report-foot").textContent()).toContain(hostileStudy);
    // Whatever gets into the page later is not run either.
    await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\"document.title = 'hacked'\">");
      const script = document.createElement("script");
      script.textContent = "document.title = 'hacked'";
      document.body.append(script);
    });
    expect(await page.title()).not.toBe("hacked");
    expect(complaints.filter((text) => !text.includes("Content Security Policy"))).toEqual([]);
    await page.context().close();
  });

  test("says so where the file was cut", async () => {
    const whole = readFileSync(await write("cut.html", ["weaknas-1"]), "utf8");
    const path = join(folder, "cut.html");
    writeFileSync(path, whole.replace(/("views":".{2000})[^"]*"/, '$1"'));
    const { page } = await open(path);
    await page.waitForSelector("text=This report is damaged");
    await page.context().close();
  });
});
