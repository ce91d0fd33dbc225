/**
 * A study over a queue on the loopback: how many trials that do nothing a second, and whether every trial is recorded once while
 * a random worker is killed (kill -9) every second and the coordinator three times. Run it in the root of a built clone, with
 * redis-server installed; `--processes 50 --concurrency 1`, `--trials 200` and `--pause 100` (milliseconds) change what is run.
 */
import { parseArgs } from "node:util";
import { type QueueCrashOutcome, runQueueCrash } from "../test/queueCrash.js";
import { startRedis } from "../test/redisServer.js";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "2000" },
    processes: { type: "string", default: "10" },
    concurrency: { type: "string", default: "5" },
    pause: { type: "string", default: "0" },
    lock: { type: "string", default: "5" },
    "kill-every": { type: "string", default: "1000" },
    only: { type: "string" },
    "kill-redis-every": { type: "string" },
  },
});
const [trials, processes, concurrency, pause, lock] = [
  values.trials,
  values.processes,
  values.concurrency,
  values.pause,
  values.lock,
].map(Number);

/** Runs one study on a Redis of its own. */
async function measure(name: string, kills: object, settings: readonly string[] = []): Promise<void> {
  if (values.only !== undefined && !name.includes(values.only)) return;
  const redis = await startRedis(settings);
  try {
    const root = process.cwd();
    const outcome = await runQueueCrash({ redis, root, trials, processes, concurrency, pause, lock, ...kills });
    console.log(`${name.padEnd(36)}${describe(outcome)}`);
    if (outcome.recorded.some((times) => times !== 1)) process.exitCode = 1;
  } finally {
    await redis.remove();
  }
}

function describe({ seconds, recorded, ...outcome }: QueueCrashOutcome): string {
  const lost = recorded.filter((times) => times === 0).length;
  const twice = recorded.filter((times) => times > 1).length;
  const { workersKilled, coordinatorsKilled, redisKilled, evaluations, keysLeft } = outcome;
  return [
    `${(trials / seconds).toFixed(0).padStart(6)} trials/s in ${seconds.toFixed(1)} s`,
    `${trials - lost} results, ${twice} twice, ${lost} lost`,
    `${evaluations} evaluations, ${keysLeft.length} keys left`,
    `killed: ${workersKilled} workers, ${coordinatorsKilled} coordinators, ${redisKilled} times Redis`,
  ].join("; ");
}

console.log(`${trials} trials of ${pause} ms, ${processes} processes with ${concurrency} trials each, lock ${lock} s`);
const killEvery = Number(values["kill-every"]);
const redisEvery = values["kill-redis-every"];
await measure("everysec", {}, ["--appendfsync", "everysec"]);
await measure("always", {});
await measure("always, kills", {
  killEvery,
  coordinatorKills: 3,
  ...(redisEvery === undefined ? {} : { killRedisEvery: Number(redisEvery) }),
});
