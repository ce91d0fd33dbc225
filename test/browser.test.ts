import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

if (executable === undefined) {
  const message = "Chromium is missing (Debian's package chromium): the browser tests cannot run.";
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
}

/** Pages get the built core, and the scenario that Node runs as well. */
const files: Readonly<Record<string, string>> = {
  "/dist/core.js": "dist/core.js",
  "/dist/core-worker.js": "dist/core-worker.js",
  "/scenario.js": "test/fixtures/coreScenario.mjs",
};

const page = `<!doctype html><title>core</title><script type="module">
  const worker = new Worker("/run.js", { type: "module" });
  worker.onmessage = (event) => { globalThis.outcome = event.data; };
  worker.onerror = (event) => { globalThis.outcome = { error: event.message }; };
</script>`;

const run = `
  globalThis.ASSAY_PORTABLE = "1";
  try {
    const core = await import("/dist/core.js");
    const { runScenario } = await import("/scenario.js");
    postMessage({ isolated: crossOriginIsolated, ...(await runScenario(core, 2)) });
  } catch (error) {
    postMessage({ error: String(error.stack ?? error) });
  }`;

function serve(isolated: boolean): Promise<Server> {
  const headers = isolated
    ? { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" }
    : {};
  const types: Readonly<Record<string, string>> = { ".js": "text/javascript", "": "text/html" };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const content = path === "/" ? page : path === "/run.js" ? run : undefined;
    if (content === undefined && !Object.hasOwn(files, path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": types[extname(path)] });
    response.end(content ?? readFileSync(join(root, files[path])));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe.skipIf(executable === undefined)("the core in a browser's worker", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executable!,
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
        ...["--disable-background-networking", "--disable-component-update"],
      ],
    });
  });

  afterAll(() => browser?.close());

  async function runInBrowser(isolated: boolean): Promise<unknown> {
    const server = await serve(isolated);
    const tab = await browser.newPage();
    try {
      await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const outcome = await tab.waitForFunction(() => (globalThis as { outcome?: unknown }).outcome);
      return await outcome.jsonValue();
    } finally {
      await tab.close();
      server.close();
    }
  }

  test("searches with threads on an isolated page, without on any other, and as Node does", async () => {
    const env = { ...process.env, ASSAY_PORTABLE: "1" };
    const inNode = execFileSync(process.execPath, ["scripts/portableCheck.mjs", "1"], { cwd: root, env });
    const expected: unknown = JSON.parse(inNode.toString());
    expect(await runInBrowser(true)).toEqual({ isolated: true, threads: 2, ...(expected as object) });
    expect(await runInBrowser(false)).toEqual({ isolated: false, threads: 1, ...(expected as object) });
  });
});
