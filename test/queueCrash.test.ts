import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runQueueCrash } from "./queueCrash.js";
import { type RedisServer, startRedis, withoutRedis } from "./redisServer.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

describe.skipIf(withoutRedis)("a study over the queue", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.remove());

  it("records each trial once, though workers, coordinators and Redis are killed", async () => {
    const outcome = await runQueueCrash({
      redis,
      root,
      trials: 200,
      processes: 3,
      concurrency: 4,
      killEvery: 500,
      mostKills: 6,
      killRedisEvery: 4000,
      coordinatorKills: 2,
      pause: 30,
    });
    expect(outcome.recorded).toEqual(new Array(200).fill(1));
    expect(outcome.coordinatorsKilled).toBe(2);
  }, 600_000);
});
