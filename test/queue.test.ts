import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluatorConformance } from "../src/evaluator/conformance.js";
import type { EvaluationRequest, Evaluator } from "../src/evaluator/contract.js";
import type { TaskFunction } from "../src/evaluator/queue/contract.js";
import { createQueueEvaluator, type QueueEvaluator } from "../src/evaluator/queue/queueEvaluator.js";
import { createQueueWorker, type QueueWorkerOptions } from "../src/evaluator/queue/worker.js";
import { createGenerator } from "../src/random/index.js";
import type { SearchSpace } from "../src/space/contract.js";
import { createNasBench201 } from "../src/space/index.js";
import { type RedisServer, startRedis, withoutRedis } from "./redisServer.js";

const space: SearchSpace = createNasBench201();

/** The label is the seed; nothing is computed. */
const echo: TaskFunction = async ({ seed }) => ({ label: seed });

function requestOf(trial: number, more: Partial<EvaluationRequest> = {}): EvaluationRequest {
  const architecture = space.sample(createGenerator(trial));
  return { space, architecture, id: trial, trial, seed: trial + 100, ...more };
}

/** Resolves once a condition holds; the test's own limit is the only clock. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe.skipIf(withoutRedis)("the queue", () => {
  let redis: RedisServer;
  const endings: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
    await redis?.remove();
  });

  async function coordinator(study: string, more: object = {}): Promise<QueueEvaluator> {
    const evaluator = await createQueueEvaluator({ url: redis.url, queue: study, study, recheck: 0.5, ...more });
    endings.push(() => evaluator.close());
    return evaluator;
  }

  async function worker(queue: string, evaluate: TaskFunction, more: Partial<QueueWorkerOptions> = {}) {
    const made = await createQueueWorker(evaluate, { url: redis.url, queue, lock: 1, ...more });
    const stop = new AbortController();
    const atOnce = new AbortController();
    const ended = made.run(stop.signal, atOnce.signal);
    ended.catch(() => undefined);
    const end = async (giveBack = false): Promise<void> => {
      stop.abort();
      if (giveBack) atOnce.abort();
      await ended;
    };
    endings.push(() => end(true).catch(() => undefined));
    return { made, end, ended };
  }

  describe("is an evaluator", () => {
    let count = 0;
    const create = async (): Promise<Evaluator> => {
      const study = `conformance ${count++}`;
      const evaluator = await createQueueEvaluator({ url: redis.url, queue: "conformance", study });
      return evaluator;
    };
    beforeAll(async () => {
      await worker("conformance", echo, { concurrency: 4 });
    });
    for (const { name, run } of evaluatorConformance(create, space)) it(name, run);
  });

  it("hands out the task and brings back everything the worker found", async () => {
    const evaluator = await coordinator("everything", { timeout: 60 });
    const tasks: unknown[] = [];
    await worker("everything", async (task) => {
      tasks.push(task);
      return { label: 91.5, metrics: { test: 90, odd: null }, curves: { loss: [2, 1] }, log: "/logs/0.log" };
    });
    const result = await evaluator.evaluate(requestOf(0, { attempt: 2 }));
    expect(result).toMatchObject({ label: 91.5, metrics: { test: 90, odd: Number.NaN }, curves: { loss: [2, 1] } });
    expect(result.log).toMatch(/^[^/]+:\/logs\/0\.log$/);
    expect(tasks).toEqual([
      expect.objectContaining({ schema: 1, study: "everything", trial: 0, attempt: 2, seed: 100, space: space.name }),
    ]);
  });

  it("makes a failed result of what a worker throws, of no label and of too much time", async () => {
    const evaluator = await coordinator("failing", { timeout: 0.1 });
    await worker("failing", async ({ trial }, { signal }) => {
      if (trial === 0) throw new Error("out of memory\nat train.py:3");
      if (trial === 1) return { label: null };
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve({ label: 1 })));
    });
    const failures = [];
    for (const trial of [0, 1, 2]) failures.push((await evaluator.evaluate(requestOf(trial))).failure);
    expect(failures).toEqual(["out of memory", "the worker sent no label", "took longer than 0.1 s"]);
  });

  it("passes epochs on, and stops a trial that is not worth its time", async () => {
    const evaluator = await coordinator("epochs");
    let ended: unknown;
    await worker("epochs", async (_task, { onEpoch, signal }) => {
      for (let epoch = 1; !signal.aborted; epoch++) {
        onEpoch({ epoch, values: { loss: 1 / epoch } });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      ended = "stopped";
      return { label: 5 };
    });
    const heard: number[] = [];
    const result = await evaluator.evaluate(
      requestOf(0, {
        onEpoch({ epoch }) {
          heard.push(epoch);
          return epoch === 3 ? "stop" : "continue";
        },
      }),
    );
    expect(heard).toEqual([1, 2, 3]);
    expect(result).toEqual({ label: Number.NaN, failure: "stopped after epoch 3", isFinal: true });
    await until(() => ended === "stopped");
  });

  it("gives a coordinator that comes back the jobs and results that are there", async () => {
    let runs = 0;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await worker(
      "back",
      async ({ trial, seed }) => {
        runs++;
        if (trial === 1) await released;
        return { label: seed };
      },
      { concurrency: 2 },
    );
    const first = await coordinator("back");
    expect((await first.evaluate(requestOf(0))).label).toBe(100);
    const abandoned = first.evaluate(requestOf(1));
    await until(() => runs === 2);
    await first.close();
    expect((await abandoned).failure).toBe("the queue was closed");

    const second = await coordinator("back");
    const both = [second.evaluate(requestOf(0)), second.evaluate(requestOf(1))];
    expect((await both[0]).label).toBe(100);
    release();
    expect((await both[1]).label).toBe(101);
    expect(runs).toBe(2);
    // Another study of the same name that asks for something else gets no result of the first.
    expect((await second.evaluate(requestOf(0, { seed: 7 }))).label).toBe(7);
    expect((await second.evaluate(requestOf(0, { attempt: 1 }))).label).toBe(100);
    expect(runs).toBe(4);
    second.acknowledge(requestOf(0));
    await second.clear();
    expect((await second.evaluate(requestOf(0))).label).toBe(100);
    expect(runs).toBe(5);
  });

  it("takes waiting jobs back on Ctrl-C and leaves running ones running", async () => {
    const evaluator = await coordinator("cancel");
    const begun: number[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await worker("cancel", async ({ trial, seed }) => {
      begun.push(trial);
      await released;
      return { label: seed };
    });
    const stop = new AbortController();
    const running = evaluator.evaluate(requestOf(0, { signal: stop.signal }));
    await until(() => begun.length === 1);
    const waiting = evaluator.evaluate(requestOf(1, { signal: stop.signal }));
    stop.abort();
    expect([(await running).failure, (await waiting).failure]).toEqual(["cancelled", "cancelled"]);
    await until(() => evaluator.leftRunning === 1);
    await evaluator.close();
    release();

    const resumed = await coordinator("cancel");
    expect((await resumed.evaluate(requestOf(0))).label).toBe(100);
    expect((await resumed.evaluate(requestOf(1))).label).toBe(101);
    expect(begun).toEqual([0, 1]);
  });

  it("gives back what runs where a worker must stop at once, and another does it", async () => {
    const done: string[] = [];
    const slow: TaskFunction = (_task, { signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve({ label: 1 })));
    const leaving = await worker("give_back", slow);
    const asking = await createQueueEvaluator({ url: redis.url, queue: "give_back", study: "give back" });
    endings.push(() => asking.close());
    const result = asking.evaluate(requestOf(0));
    await until(() => leaving.made.running === 1);
    await leaving.end(true);
    await worker("give_back", echo, { onFinished: ({ task }) => done.push(task.study) });
    expect((await result).label).toBe(100);
    expect(done).toEqual(["give back"]);
  });

  it("adds a job again that Redis has lost", async () => {
    const evaluator = await coordinator("lost");
    const result = evaluator.evaluate(requestOf(0));
    const { Redis } = await import("ioredis");
    const client = new Redis(redis.url);
    await until(async () => (await client.llen("assay:lost:wait")) === 1);
    const keys = await client.keys("assay:lost:*");
    await client.del(keys.filter((key) => !key.endsWith(":events")));
    await client.quit();
    await worker("lost", echo);
    expect((await result).label).toBe(100);
  });

  it("keeps one result where a worker was thought lost and finished all the same", async () => {
    const evaluator = await coordinator("paused");
    const { Redis } = await import("ioredis");
    const client = new Redis(redis.url);
    const begun: string[] = [];
    const releases: Record<string, () => void> = {};
    const slow =
      (name: string): TaskFunction =>
      async () => {
        begun.push(name);
        await new Promise<void>((resolve) => {
          releases[name] = resolve;
        });
        return { label: name === "first" ? 1 : 2 };
      };
    const said: string[] = [];
    const first = await worker("paused", slow("first"), { onMessage: (line) => said.push(line) });
    const result = evaluator.evaluate(requestOf(0));
    await until(() => begun.length === 1);
    // What a pause of the machine does: the lock runs out, and another worker takes it.
    const [id] = await client.lrange("assay:paused:active", 0, -1);
    const lock = `assay:paused:${id}:lock`;
    const held = await client.get(lock);
    const second = await worker("paused", slow("second"));
    while (begun.length === 1) {
      // That of the second stays.
      await client.eval(
        "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1])",
        1,
        lock,
        held ?? "",
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await until(() => said.length > 0);
    expect(said[0]).toBe("trial 0 was given to another worker too; the first result counts");
    releases["first"]();
    // The second still runs: the coordinator need not wait for it.
    expect((await result).label).toBe(1);
    releases["second"]();
    await Promise.all([first.end(), second.end()]);
    expect(JSON.parse((await client.hget(`assay:paused:${id}`, "returnvalue"))!)).toEqual({ label: 1 });
    expect(await client.zcard("assay:paused:completed")).toBe(1);
    await client.quit();
  });

  it("runs nothing again that was finished while Redis was away for long", async () => {
    const own = await startRedis();
    endings.push(() => own.remove());
    const said: string[] = [];
    const onMessage = (line: string) => said.push(line);
    const evaluator = await coordinator("away", { url: own.url, onMessage });
    let runs = 0;
    const evaluate: TaskFunction = async ({ seed }) => {
      runs++;
      if (runs === 1) {
        await own.kill();
        // The lock runs out meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        setTimeout(own.restart, 200);
      }
      return { label: seed };
    };
    await worker("away", evaluate, { url: own.url, concurrency: 2 });
    const results = await Promise.all([0, 1, 2].map((trial) => evaluator.evaluate(requestOf(trial))));
    expect(results.map(({ label }) => label)).toEqual([100, 101, 102]);
    expect(runs).toBeLessThanOrEqual(4);
    expect(said[0]).toBe(`lost the connection to ${own.url}, trying again …`);
    expect(said).toContain(`connected to ${own.url} again`);
  });

  it("tells a worker of an older version to leave, and loses nothing", async () => {
    const { Queue } = await import("bullmq");
    const queue = new Queue("newer", { connection: { url: redis.url }, prefix: "assay" });
    await queue.add("evaluate", { protocol: 2, other: true }, { jobId: "a-0-0-x" });
    const { ended } = await worker("newer", echo);
    await expect(ended).rejects.toThrowError("The queue newer holds trials of a newer version of assay");
    expect(await queue.getWaitingCount()).toBe(1);
    await queue.close();
  });

  it("says what is wrong with the address, without the password", async () => {
    const open = (url: string) => createQueueEvaluator({ url, study: "x" });
    const wrong = `redis://ada:hunter2@127.0.0.1:${redis.port}`;
    const error = await open(wrong).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ name: "AssayError", code: "no-queue" });
    expect(`${(error as Error).message}`).toMatch(/^Cannot reach the queue at redis:\/\/127\.0\.0\.1:\d+: WRONGPASS/);
    const { inspect } = await import("node:util");
    expect(inspect(error, { depth: 10 })).not.toContain("hunter2");
    await expect(open("http://localhost")).rejects.toThrowError("begins with neither redis:// nor rediss://");
  });
});
