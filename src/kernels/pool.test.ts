import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { poolTasks } from "../../test/fixtures/poolTasks.js";
import { AssayError } from "../errors.js";
import { createWorkerPool, type WorkerPool } from "./pool.js";

let folder: string;
let workerUrl: URL;
const opened: WorkerPool[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-pool-"));
  workerUrl = pathToFileURL(join(folder, "worker.mjs"));
  const common = { bundle: true, format: "esm", platform: "node" } as const;
  await build({ ...common, entryPoints: ["test/fixtures/poolWorker.ts"], outfile: join(folder, "worker.mjs") });
  await build({ ...common, entryPoints: ["src/kernels/pool.ts"], outfile: join(folder, "pool.mjs") });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(opened.splice(0).map((pool) => pool.close()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openPool(threads: number, url: URL | string = workerUrl): WorkerPool {
  const pool = createWorkerPool({ threads, tasks: poolTasks, workerUrl: url });
  opened.push(pool);
  return pool;
}

async function failureOf(promise: Promise<unknown>): Promise<Error & { code?: string; hint?: string }> {
  return promise.then(
    () => {
      throw new Error("expected a rejection");
    },
    (error) => error,
  );
}

describe.each([1, 2, 3])("a pool of %i threads", (threads) => {
  test("runs tasks and gives each its own result", async () => {
    const pool = openPool(threads);
    expect(pool.threads).toBe(threads);
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => pool.run<number, number>("square", i)));
    expect(results).toEqual(Array.from({ length: 50 }, (_, i) => i * i));
  });

  test("shares typed arrays over shared memory", async () => {
    const pool = openPool(threads);
    const data = new Float32Array(new SharedArrayBuffer(4 * 1000));
    const returned = await pool.run<object, Float32Array>("fill", { data: data.subarray(10, 20), value: 7 });
    expect(data.indexOf(7)).toBe(10);
    expect(data.lastIndexOf(7)).toBe(19);
    data[10] = 8;
    expect(returned[0]).toBe(8);
  });

  test("carries an AssayError with code, hint, stack and cause", async () => {
    const error = await failureOf(openPool(threads).run("refuse", undefined));
    expect(error).toBeInstanceOf(AssayError);
    expect(error).toMatchObject({ code: "bad-thing", message: "The thing is bad.", hint: "Take a better one." });
    expect(error.stack).toContain("refuse");
    expect(error.cause).toBeInstanceOf(TypeError);
    expect((error.cause as Error).message).toBe("not a thing");
  });

  test("carries other errors with their class, and lives on", async () => {
    const pool = openPool(threads);
    const error = await failureOf(pool.run("fault", undefined));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe("beyond the end");
    expect(error.stack).toContain("fault");
    expect(await pool.run("square", 3)).toBe(9);
  });

  test("names the known tasks where there is none of that name", async () => {
    const error = await failureOf(openPool(threads).run("cube", 3));
    expect(error.message).toContain('"cube"');
    expect(error.message).toContain("square");
    await expect(openPool(threads).run("toString", 3)).rejects.toThrow('"toString"');
  });

  test("rejects everything after close", async () => {
    const pool = openPool(threads);
    expect(await pool.run("square", 3)).toBe(9);
    await pool.close();
    await pool.close();
    expect(await failureOf(pool.run("square", 3))).toMatchObject({ code: "pool-closed" });
  });

  test("rejects waiting tasks on close", async () => {
    const pool = openPool(threads);
    const waiting = Array.from({ length: 10 }, () => failureOf(pool.run("wait", 60_000)));
    if (threads === 1) return; // The calling thread cannot be stopped in the middle of a task.
    await pool.close();
    for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: "pool-closed" });
  });
});

test("with one thread, tasks run on the calling thread in order, one at a time", async () => {
  const pool = openPool(1, new URL("file:///nowhere/worker.js"));
  const log: string[] = [];
  const slow = pool.run("wait", 20).then(() => log.push("slow"));
  const failing = pool.run("fault", undefined).catch(() => log.push("failing"));
  const fast = pool.run("square", 2).then(() => log.push("fast"));
  await Promise.all([slow, failing, fast]);
  expect(log).toEqual(["slow", "failing", "fast"]);
  const { threadId } = await import("node:worker_threads");
  expect(await pool.run("thread", 0)).toBe(threadId);
});

test("without shared memory, tasks run on the calling thread", async () => {
  vi.stubGlobal("SharedArrayBuffer", undefined);
  const pool = openPool(4);
  vi.unstubAllGlobals();
  expect(pool.threads).toBe(1);
  expect(await pool.run("square", 5)).toBe(25);
});

test("threads start when they are needed and are used again", async () => {
  const pool = openPool(3);
  const first = await pool.run("thread", 0);
  const second = await pool.run("thread", 0);
  expect(second).toBe(first);
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(() => pool.run("thread", 20)));
  expect(new Set(all).size).toBe(3);
});

test("tasks start in the order in which they came", async () => {
  const pool = openPool(2);
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const holding = pool.run("hold", flag);
  const arrivals = await Promise.all(Array.from({ length: 20 }, () => pool.run("arrive", counter)));
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  await holding;
  expect(arrivals).toEqual(Array.from({ length: 20 }, (_, i) => i));
});

test.each([
  ["exit", 3, /died while it ran "exit": exit code 3/],
  ["explode", undefined, /died while it ran "explode": thrown outside of the task/],
])("a thread that dies (%s) fails its task and is replaced", async (task, input, message) => {
  const pool = openPool(2);
  const before = await pool.run("thread", 0);
  const failures = await Promise.all([failureOf(pool.run(task, input)), failureOf(pool.run(task, input))]);
  for (const failure of failures) expect(failure.message).toMatch(message);
  const after = await Promise.all([1, 2, 3].map((value) => pool.run("square", value)));
  expect(after).toEqual([1, 4, 9]);
  expect(await pool.run("thread", 0)).not.toBe(before);
});

test("a death does not lose the tasks that wait", async () => {
  const pool = openPool(2);
  const jobs = Array.from({ length: 30 }, (_, i) =>
    i % 10 === 0 ? failureOf(pool.run("exit", 1)).then(() => -1) : pool.run<number, number>("square", i),
  );
  expect(await Promise.all(jobs)).toEqual(Array.from({ length: 30 }, (_, i) => (i % 10 === 0 ? -1 : i * i)));
});

test("what structured clone cannot copy fails its task only", async () => {
  const pool = openPool(2);
  expect((await failureOf(pool.run("square", () => 1))).name).toBe("DataCloneError");
  expect((await failureOf(pool.run("giveFunction", 1))).message).toMatch(/could not be cloned/);
  expect((await failureOf(pool.run("throwText", 1))).message).toBe("just text");
  expect(await pool.run("square", 4)).toBe(16);
});

test("a worker file that is missing or broken gives a clear error for every task", async () => {
  const missing = openPool(2, new URL("file:///nowhere/worker.js"));
  const errors = await Promise.all([1, 2, 3].map((value) => failureOf(missing.run("square", value))));
  for (const error of errors) {
    expect(error).toMatchObject({ code: "worker-failed" });
    expect(error.message).toContain("/nowhere/worker.js");
  }
  const broken = join(folder, "broken.mjs");
  writeFileSync(broken, 'throw new Error("broken on purpose");');
  const error = await failureOf(openPool(2, pathToFileURL(broken)).run("square", 1));
  expect(error).toMatchObject({ code: "worker-failed" });
  expect(error.message).toContain("broken on purpose");
});

test("ASSAY_PORTABLE reaches the threads", async () => {
  vi.stubEnv("ASSAY_PORTABLE", undefined);
  expect(await openPool(2).run("portable", undefined)).toBe("unset");
  vi.stubEnv("ASSAY_PORTABLE", "1");
  expect(await openPool(2).run("portable", undefined)).toBe("1");
});

test.each([0, -1, 1.5, Number.NaN])("%d threads are refused", (threads) => {
  expect(() => createWorkerPool({ threads, tasks: poolTasks })).toThrow(AssayError);
});

describe("in a process of its own", () => {
  function start(script: string): ChildProcess {
    const file = join(folder, `script-${script.length}.mjs`);
    writeFileSync(file, `import { createWorkerPool } from "./pool.mjs";\n${script}`);
    return spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env } });
  }

  async function outputOf(child: ChildProcess): Promise<{ text: string; code: number | null; signal: string | null }> {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
    });
    const [code, signal] = await once(child, "close");
    return { text, code, signal };
  }

  const open =
    "const pool = createWorkerPool({ threads: 2, tasks: {}, workerUrl: new URL('./worker.mjs', import.meta.url) });";

  test("idle threads let the process end, busy ones keep it alive", async () => {
    const child = start(`${open} pool.run("square", 3); pool.run("wait", 200).then(console.log);`);
    expect(await outputOf(child)).toEqual({ text: "200\n", code: 0, signal: null });
  });

  test("an unhandled failure of a task ends the process with its message", async () => {
    const child = start(`${open} await pool.run("refuse").catch((error) => console.log(error.code, error.hint));`);
    expect(await outputOf(child)).toEqual({ text: "bad-thing Take a better one.\n", code: 0, signal: null });
  });

  test("Ctrl-C ends the process while threads are busy", async () => {
    const child = start(`${open} pool.run("spin"); pool.run("wait", 100).then(() => console.log("busy"));`);
    const output = outputOf(child);
    await once(child.stdout!, "data");
    child.kill("SIGINT");
    expect(await output).toMatchObject({ signal: "SIGINT" });
  });

  test("close stops a thread that never ends", async () => {
    const child = start(`${open} pool.run("spin").catch((error) => console.log(error.code));
      await pool.run("wait", 50); await pool.close(); console.log("closed");`);
    expect(await outputOf(child)).toEqual({ text: "pool-closed\nclosed\n", code: 0, signal: null });
  });
});
