import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createQueueEvaluator } from "../src/evaluator/queue/queueEvaluator.js";
import { createGenerator } from "../src/random/index.js";
import { createNasBench201 } from "../src/space/index.js";
import { assay } from "./cliHarness.js";
import { type RedisServer, startRedis, withoutRedis } from "./redisServer.js";

const space = createNasBench201();

describe("assay worker refuses", () => {
  it.each([
    [["worker", "--evaluate", "x.mjs"], "The address of the queue is missing."],
    [["worker", "--queue", "redis://h"], "A worker needs something that evaluates."],
    [["worker", "--queue", "redis://h", "--evaluate", "nowhere.mjs"], "There is no file nowhere.mjs."],
    [["worker", "--queue", "redis://h", "--timeout", "soon", "--evaluate", "x.mjs"], "Expected a duration above 0"],
  ])("%j", async (words, message) => {
    const { exitCode, err, out } = await assay(words);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  it("an address with a password, without showing it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-worker-"));
    const module = join(folder, "label.mjs");
    writeFileSync(module, "export default () => 1;");
    const title = process.title;
    try {
      const url = "http://ada:hunter2@localhost";
      const { exitCode, err } = await assay(["worker", "--verbose", "--queue", url, "--evaluate", module]);
      expect(exitCode).toBe(2);
      expect(err).toContain("begins with neither redis:// nor rediss://");
      expect(err).not.toContain("hunter2");
      expect(process.title).toBe("assay");
    } finally {
      process.title = title;
      rmSync(folder, { recursive: true });
    }
  });
});

describe.skipIf(withoutRedis)("assay worker", () => {
  let redis: RedisServer;
  let folder: string;
  beforeAll(async () => {
    redis = await startRedis();
    folder = mkdtempSync(join(tmpdir(), "assay-worker-"));
    writeFileSync(
      join(folder, "label.mjs"),
      `export default ({ trial, seed }) => { if (trial === 1) throw new Error("no memory"); return { label: seed, trial }; };`,
    );
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await redis?.remove();
  });

  it.each([[[]], [["--json"]]])("prints a line for each trial, and ends with Ctrl-C: %j", async (more) => {
    const stop = new AbortController();
    // Two trials of one queue for each case.
    const queue = `worker${more.length}`;
    process.env["ASSAY_QUEUE_URL"] = redis.url;
    const module = join(folder, "label.mjs");
    const running = assay(["worker", "--name", queue, "--evaluate", module, ...more], { signal: stop.signal });
    const evaluator = await createQueueEvaluator({ url: redis.url, queue, study: "first" });
    const ask = (trial: number) =>
      evaluator.evaluate({ space, architecture: space.sample(createGenerator(trial)), id: trial, trial, seed: 90 });
    expect([(await ask(0)).label, (await ask(1)).failure]).toEqual([90, "no memory"]);
    stop.abort();
    const { exitCode, out, err } = await running;
    await evaluator.close();
    expect(process.env["ASSAY_QUEUE_URL"]).toBeUndefined();
    expect(exitCode).toBe(130);
    expect(err).toMatch(
      /^worker \S+ takes one trial at a time from the queue worker\d at redis:\/\/127\.0\.0\.1:\d+\n/,
    );
    expect(err).toMatch(/finished 2 trials\n$/);
    const lines = out.trimEnd().split("\n");
    if (more.length === 0) {
      expect(lines[0]).toMatch(/^trial 0 of first {2}90\.00 {2}[\d.]+ s$/);
      expect(lines[1]).toMatch(/^trial 1 of first {2}failed: no memory {2}[\d.]+ s$/);
    } else {
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { schema: 1, kind: "finished-trial", study: "first", trial: 0, label: 90, metrics: { trial: 0 } },
        { trial: 1, label: null, failure: "no memory" },
      ]);
    }
  });

  it("evaluates a search with --queue, which a study keeps without its address", async () => {
    const script = join(folder, "train.mjs");
    writeFileSync(
      script,
      `import { readFileSync } from "node:fs";
       const { seed, study } = JSON.parse(readFileSync(0, "utf8"));
       if (process.env.ASSAY_QUEUE_URL !== undefined) throw new Error("the address was inherited");
       console.log(JSON.stringify({ accuracy: seed % 100, known: study === "first" ? 1 : 0 }));`,
    );
    const stop = new AbortController();
    const url = redis.url.replace("redis://", "redis://default:anything@");
    const logs = join(folder, "logs");
    const storage = join(folder, "studies.db");
    process.env["ASSAY_QUEUE_URL"] = redis.url;
    const words = ["worker", "--name", "search", "--concurrency", "2", "--log-folder", logs, "--json"];
    const worker = assay([...words, "--", process.execPath, script], { signal: stop.signal });
    const common = ["--space", "nasbench201", "--strategy", "random", "--budget", "4", "--parallel", "2"];
    const kept = ["--study", "first", "--storage", storage, "--queue", url, "--queue-name", "search", "--json"];
    const search = await assay(["search", ...common, ...kept]);
    expect([search.exitCode, search.err.includes("anything"), search.out.includes("anything")]).toEqual([
      0,
      false,
      false,
    ]);
    expect(JSON.parse(search.out).trials).toHaveLength(4);
    const more = ["--budget", "6", "--storage", storage, "--queue", url, "--json"];
    const resumed = await assay(["resume", "first", ...more]);
    expect(JSON.parse(resumed.out).trials).toHaveLength(6);
    stop.abort();
    const { out } = await worker;
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ trial }) => trial).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(lines[0]).toMatchObject({ study: "first", metrics: { known: 1 } });
    expect(lines[0].log).toContain("trial-0000");
    expect(readFileSync(storage, "latin1")).not.toContain("anything");
    // What the study keeps, Redis need not.
    expect(await resultsIn(redis, "search")).toEqual([]);
  });
});

/** Jobs and results that a queue still holds. */
async function resultsIn(redis: RedisServer, queue: string): Promise<string[]> {
  const { Redis } = await import("ioredis");
  const client = new Redis(redis.url);
  const keys = await client.keys(`assay:${queue}:*`);
  client.disconnect();
  return keys.filter((key) => /:(result:)?[0-9a-f]{8}-/.test(key));
}
