import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { StudyRow } from "../src/view/contract.js";
import { assay } from "./cliHarness.js";

/* The commands that serve a dashboard, as processes. Runs the program that was built into dist/. */

vi.setConfig({ testTimeout: 120_000 });

const program = join(dirname(fileURLToPath(import.meta.url)), "..", "dist", "cli", "main.js");
const started: ChildProcess[] = [];
let work: string;

beforeAll(() => {
  if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" before the tests.`);
  work = mkdtempSync(join(tmpdir(), "assay-dashboard-"));
  writeFileSync(join(work, "space.yaml"), "parameters:\n  a: [1, 2, 3, 4, 5, 6]\n  b: [1, 2, 3, 4, 5, 6]\n");
  writeFileSync(
    join(work, "slow.mjs"),
    "export default async ({ parameters: { a, b } }) => { await new Promise((r) => setTimeout(r, 100)); return a * b; };\n",
  );
});

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(work, { recursive: true, force: true });
});

function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: work,
    env: { ...process.env, ASSAY_STORAGE: "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  return child;
}

async function serve(...words: string[]): Promise<{ child: ChildProcess; url: URL }> {
  const child = start(["dashboard", "--json", "--port", "0", ...words]);
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  return { child, url: new URL((JSON.parse(line) as { url: string }).url) };
}

async function studiesAt(url: URL | string): Promise<readonly StudyRow[]> {
  return (await (await fetch(new URL("/api/studies", url))).json()) as StudyRow[];
}

/** What a search wrote, and the address of its dashboard as soon as it is known. */
function search(...words: string[]): { child: ChildProcess; address: Promise<string>; ended: Promise<number | null> } {
  const child = start([
    ...["search", "--space", "space.yaml", "--evaluate", "slow.mjs", "--strategy", "random", "--budget", "30"],
    ...words,
  ]);
  child.stdout?.resume();
  const address = new Promise<string>((resolve) => {
    createInterface({ input: child.stderr! }).on("line", (line) => {
      const found = /^dashboard at (\S+)/.exec(line);
      if (found !== null) resolve(found[1]);
    });
  });
  return { child, address, ended: once(child, "close").then(([code]) => code as number | null) };
}

async function untilGone(url: string): Promise<void> {
  while (
    await fetch(url)
      .then(() => true)
      .catch(() => false)
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
}

test("assay dashboard waits for a file, shows it, and stops at Ctrl-C without a failure though a page listens", async () => {
  const { child, url } = await serve("--storage", "later.db");
  expect(await studiesAt(url)).toEqual([]);
  const events = await fetch(new URL("/api/events", url));
  expect(events.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const { ended } = search("--study", "first", "--storage", "later.db", "--budget", "4");
  expect(await ended).toBe(0);
  const reader = events.body!.getReader();
  let text = "";
  while (!text.includes('"changed"')) text += new TextDecoder().decode((await reader.read()).value);
  expect((await studiesAt(url)).map(({ name, counts: { done } }) => [name, done])).toEqual([["first", 4]]);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
});

test("a second one for the same file points to the first, until that is gone", async () => {
  const environment = { ASSAY_CACHE: join(work, "cache") };
  const open = async (...words: string[]): Promise<{ child: ChildProcess; url: string }> => {
    const child = start(["dashboard", "--json", ...words], environment);
    const [line] = await once(createInterface({ input: child.stdout! }), "line");
    return { child, url: (JSON.parse(line) as { url: string }).url };
  };
  const first = await open("--storage", "shared.db");
  const second = await open("--storage", join(work, ".", "shared.db"));
  expect(second.url).toBe(first.url);
  expect(await once(second.child, "close")).toEqual([0, null]);
  const other = await open("--storage", "other.db");
  const asked = await open("--storage", "shared.db", "--port", "0");
  expect(new Set([first.url, other.url, asked.url]).size).toBe(3);

  // Killed, it leaves its note behind; whoever has its port now is not taken for it.
  first.child.kill("SIGKILL");
  await once(first.child, "close");
  const stranger = createServer((_, response) => response.end('{"identity":null}'));
  stranger.listen(Number(new URL(first.url).port), "127.0.0.1");
  await once(stranger, "listening");
  const third = await open("--storage", "shared.db");
  expect(third.url).not.toBe(first.url);
  stranger.close();
  third.child.kill("SIGINT");
  expect(await once(third.child, "close")).toEqual([0, null]);
  const fourth = await open("--storage", "shared.db");
  expect(await studiesAt(fourth.url)).toEqual([]);
});

test("a token comes from the environment, and is part of the address", async () => {
  const child = start(["dashboard", "--json", "--port", "0", "--token"], {
    ASSAY_DASHBOARD_TOKEN: "a-token-of-a-test",
  });
  const [line] = await once(createInterface({ input: child.stdout! }), "line");
  const { url } = JSON.parse(line);
  expect(new URL(url).search).toBe("?token=a-token-of-a-test");
  expect((await fetch(new URL("/api/studies", url))).status).toBe(401);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
});

test("search --dashboard shows a search that was not asked to be kept, and ends with it", async () => {
  const { address, ended } = search("--dashboard", "0", "--storage", "beside.db");
  const url = await address;
  let rows: readonly StudyRow[] = [];
  while (rows.length === 0) rows = await studiesAt(url);
  expect(rows[0]).toMatchObject({ name: "space", budget: 30 });
  expect(await ended).toBe(0);
  await untilGone(url);
});

test("the dashboard ends with a search that is killed, and a search goes on without its dashboard", async () => {
  const killed = search("--dashboard", "0", "--storage", "killed.db");
  const url = await killed.address;
  killed.child.kill("SIGKILL");
  await killed.ended;
  await untilGone(url);

  // It cannot listen: the port is taken.
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { child, ended } = search("--dashboard", String(port), "--storage", "alone.db");
  let err = "";
  child.stderr?.on("data", (text) => {
    err += text;
  });
  expect(await ended).toBe(0);
  expect(err).toContain(
    `the dashboard has ended; the search does not need it. error: Port ${port} is taken by another program.`,
  );
  other.close();
});

test.each([
  [["--port", "70000"], /Expected a whole number from 0 to 65,535/],
  [["--token", "short"], /A token needs 16 to 200 letters/],
  [["--host", "203.0.113.7", "--storage", "none.db"], /Cannot listen on 203\.0\.113\.7/],
  [["--storage", "."], /is not a file/],
])("assay dashboard %j is refused", async (words, message) => {
  const { exitCode, err } = await assay(["dashboard", ...words]);
  expect(err).toMatch(message);
  expect(exitCode).toBe(2);
});
