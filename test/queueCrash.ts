import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGenerator } from "../src/random/index.js";
import { openSqliteStorage } from "../src/study/storage/sqlite/sqliteStorage.js";
import type { RedisServer } from "./redisServer.js";

/** What is run and what is killed meanwhile. */
export interface QueueCrashOptions {
  readonly redis: RedisServer;
  /** Of the built clone. */
  readonly root: string;
  readonly trials: number;
  /** Worker processes. */
  readonly processes: number;
  /** Trials at the same time in each of them. */
  readonly concurrency: number;
  /**
   * Milliseconds between two kill -9 of a random worker; another takes its place. Undefined: none is killed. On a machine where they
   * start more slowly than they die, one that is ready is spared.
   */
  readonly killEvery?: number | undefined;
  /** The most workers that are killed. */
  readonly mostKills?: number;
  /** How often the coordinator is killed. */
  readonly coordinatorKills?: number;
  /** Milliseconds between two kill -9 of Redis. */
  readonly killRedisEvery?: number | undefined;
  /** Milliseconds that a trial takes. */
  readonly pause?: number;
  /** Seconds of silence after which the trials of a worker are given to another. */
  readonly lock?: number;
}

/** What came out. */
export interface QueueCrashOutcome {
  /** From when all workers were started and had time to connect to the last result. */
  readonly seconds: number;
  /** How often each trial was recorded, with the label of the seed. */
  readonly recorded: readonly number[];
  readonly evaluations: number;
  readonly workersKilled: number;
  readonly coordinatorsKilled: number;
  readonly redisKilled: number;
  /** Keys that are left in Redis when all is over. */
  readonly keysLeft: readonly string[];
}

let runs = 0;

/** Runs a study over a queue, kills what it was asked to kill, and counts the results. */
export async function runQueueCrash(options: QueueCrashOptions): Promise<QueueCrashOutcome> {
  const { redis, root, trials, processes, concurrency, coordinatorKills = 0, pause = 0, lock = 1 } = options;
  const { mostKills = Number.POSITIVE_INFINITY } = options;
  const folder = mkdtempSync(join(tmpdir(), "assay-queue-"));
  const queue = `crash${runs++}`;
  const file = join(folder, "assay.db");
  const record = join(folder, "record");
  const count = join(folder, "count");
  const environment = {
    ...process.env,
    ASSAY_QUEUE_URL: redis.url,
    QUEUE_TEST_COUNT: count,
    QUEUE_TEST_PAUSE: String(pause),
  };
  const generator = createGenerator("queue crash");
  const children = new Set<ChildProcess>();
  const ready: ChildProcess[] = [];
  const timers: ReturnType<typeof setInterval>[] = [];
  let isOver = false;
  let workersKilled = 0;
  let redisKilled = 0;
  let redisBusy: Promise<void> = Promise.resolve();

  function startWorker(): Promise<void> {
    const words = ["worker", "--name", queue, "--concurrency", String(concurrency), "--lock", `${lock}s`];
    const evaluate = ["--evaluate", join(root, "test/fixtures/queueEvaluation.mjs")];
    const worker = spawn(process.execPath, [join(root, "dist/cli/main.js"), ...words, ...evaluate], {
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    children.add(worker);
    return new Promise((resolve) => {
      worker.once("exit", () => {
        children.delete(worker);
        resolve();
      });
      worker.stderr?.once("data", () => {
        ready.push(worker);
        resolve();
      });
      worker.stderr?.resume();
    });
  }

  /** Undefined: it was killed. */
  function coordinate(dieAfter: number): Promise<number | null> {
    const words = [file, record, queue, trials, processes * concurrency, dieAfter].map(String);
    const script = join(root, "test/fixtures/queueCoordinator.mjs");
    const coordinator = spawn(process.execPath, [script, ...words], { env: environment, stdio: ["ignore", 1, 2] });
    children.add(coordinator);
    return new Promise((resolve) => {
      coordinator.once("exit", (code) => {
        children.delete(coordinator);
        resolve(code);
      });
    });
  }

  try {
    await Promise.all(Array.from({ length: processes }, startWorker));
    const started = performance.now();
    if (options.killEvery !== undefined)
      timers.push(
        setInterval(() => {
          if (ready.length < 2 || workersKilled >= mostKills) return;
          const [victim] = ready.splice(generator.integer(ready.length), 1);
          victim.kill("SIGKILL");
          workersKilled++;
          if (!isOver) startWorker();
        }, options.killEvery),
      );
    if (options.killRedisEvery !== undefined)
      timers.push(
        setInterval(() => {
          redisBusy = redisBusy.then(async () => {
            await redis.kill();
            redisKilled++;
            await redis.restart();
          });
        }, options.killRedisEvery),
      );
    let coordinatorsKilled = 0;
    for (let life = 0; life < coordinatorKills; life++) {
      // Odd and even numbers: it dies before and after it wrote a result.
      const dieAfter = Math.max(1, Math.floor(trials / (coordinatorKills + 1)) - life);
      if ((await coordinate(dieAfter)) === null) coordinatorsKilled++;
    }
    const exitCode = await coordinate(0);
    if (exitCode !== 0) throw new Error(`the coordinator ended with ${exitCode}`);
    const seconds = (performance.now() - started) / 1000;
    isOver = true;
    for (const timer of timers) clearInterval(timer);
    await redisBusy;
    return {
      seconds,
      recorded: recordedIn(file, record, trials),
      evaluations: existsSync(count) ? statSync(count).size : 0,
      workersKilled,
      coordinatorsKilled,
      redisKilled,
      keysLeft: await keysOf(redis, queue),
    };
  } finally {
    isOver = true;
    for (const timer of timers) clearInterval(timer);
    await redisBusy;
    await Promise.all([...children].map(end));
    rmSync(folder, { recursive: true, force: true });
  }
}

function end(worker: ChildProcess): Promise<unknown> {
  if (worker.exitCode !== null || worker.signalCode !== null) return Promise.resolve();
  const gone = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGKILL");
  return gone;
}

/** How often each trial was recorded. Fails where the study holds another label than the seed of the trial. */
function recordedIn(file: string, record: string, trials: number): number[] {
  const recorded = new Array<number>(trials).fill(0);
  for (const line of readFileSync(record, "utf8").trimEnd().split("\n")) recorded[Number(line)]++;
  const storage = openSqliteStorage(file, { mustExist: true });
  const seeds = createGenerator(1).split("trial");
  for (const { number, state, result } of storage.trials("crash")) {
    if (state !== "done") throw new Error(`trial ${number} is ${state}`);
    const seed = seeds.split(number).integer(2 ** 31);
    if (result?.label !== seed) throw new Error(`trial ${number} has the label ${result?.label}, not ${seed}`);
    // It was killed after the result was in the storage and before the line was in the record.
    recorded[number] = Math.max(1, recorded[number]);
  }
  storage.close();
  return recorded;
}

async function keysOf(redis: RedisServer, queue: string): Promise<string[]> {
  const { Redis } = await import("ioredis");
  const client = new Redis(redis.url);
  const keys = await client.keys(`assay:${queue}:*`);
  client.disconnect();
  return keys.filter((key) => /:(result:)?[0-9a-f]{8}-/.test(key));
}
