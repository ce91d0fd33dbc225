/**
 * What a dashboard costs the search that it shows: the same searches without one, with one that one page looks at, with one that twenty
 * pages look at, with `assay dashboard` typed twenty times (which is one, with twenty pages), and with twenty of them that each have a port of their own. Each page holds a stream of events open and asks for the studies, the study and its trials at
 * every event and once a second besides; all pages are one process of the lowest priority, which only reads. Run it in the root of a built clone, on a machine that does nothing else;
 * `--trials 40`, `--pause 0.2` (seconds), `--queries 300`, `--repeats 3` and `--only table` change what is run.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once, setMaxListeners } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, loadavg, setPriority, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "40" },
    pause: { type: "string", default: "0.2" },
    queries: { type: "string", default: "300" },
    repeats: { type: "string", default: "3" },
    only: { type: "string" },
    look: { type: "string", multiple: true },
  },
});

const program = resolve("dist/cli/main.js");
const folder = values.look === undefined ? mkdtempSync(join(tmpdir(), "assay-dashboard-")) : "";

interface Visitors {
  readonly name: string;
  readonly dashboards: number;
  /** Of each dashboard. */
  readonly pages: number;
  /** Whether each is asked for a port of its own, so that it cannot point to the one before. */
  readonly hasOwnPort: boolean;
}

const visits: readonly Visitors[] = [
  { name: "no dashboard", dashboards: 0, pages: 0, hasOwnPort: false },
  { name: "1 with 1 page", dashboards: 1, pages: 1, hasOwnPort: false },
  { name: "1 with 20 pages", dashboards: 1, pages: 20, hasOwnPort: false },
  { name: "opened 20 times", dashboards: 20, pages: 1, hasOwnPort: false },
  { name: "20 with own ports", dashboards: 20, pages: 1, hasOwnPort: true },
];

if (values.look !== undefined) await lookAt(values.look);
writeFileSync(join(folder, "space.yaml"), "parameters:\n  a: { range: { from: 1, to: 100 } }\n  b: [1, 2, 3, 4]\n");
writeFileSync(join(folder, "train.sh"), `sleep ${Number(values.pause)}\nprintf '{"accuracy":%d}\\n' "$ASSAY_TRIAL"\n`);

const searches: Readonly<Record<string, readonly string[]>> = {
  command: ["--space", "space.yaml", "--budget", values.trials, "--command", "sh", "train.sh"],
  table: ["--benchmark", "digits201", "--budget", values.queries],
};

interface Outcome {
  readonly seconds: number;
  /** All trials with their labels, to compare. */
  readonly trials: string;
  readonly answers: number;
  readonly events: number;
}

async function run(
  words: readonly string[],
  { dashboards, pages, hasOwnPort }: Visitors,
  storage: string,
): Promise<Outcome> {
  const servers: ChildProcess[] = [];
  const urls: string[] = [];
  const port = hasOwnPort ? ["--port", "0"] : [];
  try {
    for (let i = 0; i < dashboards; i++) {
      const server = spawn(process.execPath, [program, "dashboard", "--json", ...port, "--storage", storage], {
        cwd: folder,
        env: { ...process.env, ASSAY_CACHE: join(folder, "cache") },
        stdio: ["ignore", "pipe", "ignore"],
      });
      servers.push(server);
      const [line] = await once(createInterface({ input: server.stdout! }), "line");
      const { url } = JSON.parse(line);
      for (let page = 0; page < pages; page++) urls.push(url);
    }
    const browser = urls.length === 0 ? undefined : openPages(urls);
    const start = performance.now();
    const search = spawn(
      process.execPath,
      [program, "search", ...words, "--study", "measured", "--storage", storage, "--seed", "1", "--json"],
      { cwd: folder, stdio: ["ignore", "pipe", "ignore"] },
    );
    let out = "";
    search.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    await once(search, "close");
    const seconds = (performance.now() - start) / 1000;
    const report = JSON.parse(out) as { trials: { architecture: string; label: number }[] };
    const trials = JSON.stringify(report.trials.map(({ architecture, label }) => [architecture, label]));
    return { seconds, trials, ...((await browser?.close()) ?? { answers: 0, events: 0 }) };
  } finally {
    for (const server of servers) server.kill("SIGINT");
    await Promise.all(servers.map((server) => server.exitCode ?? once(server, "close")));
  }
}

interface Counts {
  answers: number;
  events: number;
}

/** A process with a page for each address. */
function openPages(urls: readonly string[]): { close(): Promise<Counts> } {
  const words = urls.flatMap((url) => ["--look", url]);
  const child = spawn(process.execPath, [process.argv[1], ...words], { stdio: ["pipe", "pipe", "inherit"] });
  const line = once(createInterface({ input: child.stdout }), "line");
  return {
    async close() {
      child.stdin.end();
      return JSON.parse((await line)[0]) as Counts;
    },
  };
}

/** What that process does, until its input ends. */
async function lookAt(urls: readonly string[]): Promise<void> {
  setPriority(0, constants.priority.PRIORITY_LOW);
  const counts: Counts = { answers: 0, events: 0 };
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  for (const url of urls) void look(url, stop.signal, counts).catch(() => {});
  process.stdin.resume();
  await once(process.stdin, "end");
  console.log(JSON.stringify(counts));
  stop.abort();
  process.exit(0);
}

/** What a page does. */
async function look(url: string, signal: AbortSignal, counts: Counts): Promise<void> {
  const ask = async (path: string): Promise<void> => {
    const answer = await fetch(new URL(path, url), { signal });
    await answer.arrayBuffer();
    counts.answers++;
  };
  const refresh = async (): Promise<void> => {
    await ask("/api/studies");
    await ask("/api/study?name=measured");
    await ask("/api/trials?name=measured&count=10000");
  };
  const timer = setInterval(() => void refresh().catch(() => {}), 1000);
  try {
    const events = await fetch(new URL("/api/events", url), { signal });
    const decoder = new TextDecoder();
    for await (const part of events.body!) {
      if (!decoder.decode(part as Uint8Array).includes("data:")) continue;
      counts.events++;
      await refresh().catch(() => {});
    }
  } finally {
    clearInterval(timer);
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

try {
  const repeats = Number(values.repeats);
  console.log(`load before: ${loadavg()[0].toFixed(1)}; medians of ${repeats} runs in turn, the fastest in brackets`);
  for (const [name, words] of Object.entries(searches)) {
    if (values.only !== undefined && values.only !== name) continue;
    const outcomes = visits.map((): Outcome[] => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const [i, visit] of visits.entries()) {
        outcomes[i].push(await run(words, visit, join(folder, `${name}-${repeat}-${i}.db`)));
      }
    }
    const seconds = outcomes.map((runs) => runs.map((outcome) => outcome.seconds));
    for (const [i, visit] of visits.entries()) {
      const isSame = outcomes[i].every(({ trials }) => trials === outcomes[0][0].trials);
      const [middle, least] = [median(seconds[i]), Math.min(...seconds[i])];
      const [ratio, leastRatio] = [middle / median(seconds[0]), least / Math.min(...seconds[0])];
      const { answers, events } = outcomes[i][0];
      console.log(
        `${name.padEnd(9)}${visit.name.padEnd(21)}${middle.toFixed(2).padStart(7)} s (${least.toFixed(2)})  ratio ${ratio.toFixed(3)} (${leastRatio.toFixed(3)})` +
          `  ${isSame ? "same trials" : "OTHER TRIALS"}  ${answers} answers, ${events} events`,
      );
      if (!isSame) process.exitCode = 1;
    }
  }
  console.log(`load after: ${loadavg()[0].toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
