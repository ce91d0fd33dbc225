import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGenerator, type Generator } from "../src/random/index.js";
import type { StudyOwner } from "../src/study/storage/contract.js";
import { createMemoryStorage } from "../src/study/storage/memory.js";
import { openSqliteStorage } from "../src/study/storage/sqlite/sqliteStorage.js";
import type { Study } from "../src/study/study.js";
import { bundleScript } from "./crash/bundle.js";
import { openScenario, runScenario } from "./crash/runScenario.js";
import { comparable, type Scenario, scenarioOf } from "./crash/scenario.js";
import { createTalkativeEvaluator, talkativeScenario } from "./crash/talkative.js";

/** Kills in all, at least. */
const KILLS = 210;
/** Studies that are killed at the same time. */
const LANES = 3;
/** No study needs as many processes. */
const MOST_PROCESSES = 300;

/** In memory where that is possible: a process that is killed loses nothing that a disk would keep, and nobody waits for a disk. */
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "assay-crash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let script = "";
beforeAll(async () => {
  script = await bundleScript(join(dirname(fileURLToPath(import.meta.url)), "crash", "child.ts"), folder);
});

/** How a process ends, if the study does not end first. */
type Fate =
  | { readonly afterMilliseconds: number; readonly from: "start" | "open" }
  | { readonly statement: number; readonly when: "before" | "after" };

interface Life {
  readonly killed: boolean;
  /** Numbers of the trials that it said it had recorded. */
  readonly reported: readonly number[];
  readonly ended: string | undefined;
  readonly errors: string;
}

function drawFate(dice: Generator): Fate {
  const when = dice.integer(2) === 0 ? "before" : "after";
  switch (dice.integer(5)) {
    case 0:
      return { afterMilliseconds: dice.integer(200), from: "start" };
    case 1:
    case 2:
      return { statement: 1 + dice.integer(80), when };
    default:
      return { afterMilliseconds: dice.integer(70), from: "open" };
  }
}

function live(path: string, number: number, fate: Fate, logFolder = ""): Promise<Life> {
  const dying = "statement" in fate ? [`${fate.statement}`, fate.when] : [];
  const child = spawn(process.execPath, [script, path, `${number}`, logFolder, ...dying], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") },
  });
  let output = "";
  let errors = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const killLater = (): void => {
    if ("afterMilliseconds" in fate) timer ??= setTimeout(() => child.kill("SIGKILL"), fate.afterMilliseconds);
  };
  if ("from" in fate && fate.from === "start") killLater();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.includes("open\n")) killLater();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_, signal) => {
      clearTimeout(timer);
      resolve({
        killed: signal === "SIGKILL",
        reported: [...output.matchAll(/^trial (\d+)$/gm)].map(([, trial]) => Number(trial)),
        ended: /^ended (\w+)$/m.exec(output)?.[1],
        errors,
      });
    });
  });
}

const nobody: StudyOwner = { id: "reader", description: "the test", isGone: () => true };

/** The trials of a run that nobody disturbs, and why it ended. */
async function undisturbed(scenario: Scenario): Promise<{ trials: string[]; ended: string }> {
  const study = openScenario(scenario, createMemoryStorage(), nobody);
  const ended = await runScenario(scenario, study, false);
  return { trials: study.trials().map((trial) => comparable(study, trial)), ended };
}

/** Kills the processes of a study until one gets through. Gives how many were killed. */
async function killUntilItEnds(number: number): Promise<number> {
  const scenario = scenarioOf(number);
  const wanted = await undisturbed(scenario);
  const dice = createGenerator("fates").split(number);
  const path = join(folder, `${number}.db`);
  const recorded = new Set<number>();
  let kills = 0;
  for (let process = 0; process < MOST_PROCESSES; process++) {
    const life = await live(path, number, drawFate(dice.split(process)));
    expect(life.errors, `process ${process} of ${JSON.stringify(scenario)}`).toBe("");
    for (const trial of life.reported) recorded.add(trial);
    if (life.killed) kills++;
    // A reader recovers the file as well as the next writer does: let each be the first now and then.
    if (dice.split(process).split("look").integer(2) === 0) expectRecorded(path, scenario.name, recorded);
    // Who goes on with a study that gave up has mended something: once that is noted, it is over.
    const ended = life.ended ?? (wanted.ended === "hopeless" ? notedEnd(path, scenario.name) : undefined);
    if (ended === undefined) continue;
    expectRecorded(path, scenario.name, recorded);
    const storage = openSqliteStorage(path);
    const study = openScenario(scenario, storage, nobody);
    expect({ trials: study.trials().map((trial) => comparable(study, trial)), ended }).toEqual(wanted);
    expect(study.ended).toBe(wanted.ended);
    study.close();
    storage.close();
    return kills;
  }
  throw new Error(`${scenario.name} did not end`);
}

/** Why the study ended, if it got as far as to note it. */
function notedEnd(path: string, name: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const storage = openSqliteStorage(path);
  const ended = storage.studies().find((study) => study.name === name)?.ended;
  storage.close();
  return ended;
}

function expectRecorded(path: string, name: string, recorded: ReadonlySet<number>): void {
  if (recorded.size === 0) return;
  const storage = openSqliteStorage(path, { mustExist: true });
  const finished = storage.trials(name, { states: ["done", "failed"] }).map((trial) => trial.number);
  storage.close();
  const lost = [...recorded].filter((trial) => !finished.includes(trial));
  expect(lost).toEqual([]);
}

test(`a study killed at any instant goes on as if it had not been: ${KILLS} kills`, async () => {
  let kills = 0;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (kills < KILLS) kills += await killUntilItEnds(next++);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(kills).toBeGreaterThanOrEqual(KILLS);
}, 900_000);

test.skipIf(process.platform === "win32")(
  "a search that is killed while logs are written loses nothing, and each log is whole",
  async () => {
    const scenario = talkativeScenario(scenarioOf(0));
    const study = openScenario(scenario, createMemoryStorage(), nobody);
    await runScenario(scenario, study, false, createTalkativeEvaluator(join(folder, "undisturbed")));
    const withoutLogs = (one: Study) => one.trials().map(({ log: _, ...trial }) => comparable(one, trial));
    const dice = createGenerator("logs");
    const path = join(folder, "logs.db");
    const recorded = new Set<number>();
    for (let life = 0; ; life++) {
      const fate = { afterMilliseconds: 10 + dice.integer(250), from: "open" } as const;
      const { reported, ended, errors } = await live(path, 0, fate, join(folder, "logs"));
      expect(errors).toBe("");
      for (const trial of reported) recorded.add(trial);
      expectRecorded(path, scenario.name, recorded);
      if (ended !== undefined) break;
      expect(life).toBeLessThan(MOST_PROCESSES);
    }
    const storage = openSqliteStorage(path);
    const resumed = openScenario(scenario, storage, nobody);
    expect(withoutLogs(resumed)).toEqual(withoutLogs(study));
    for (const { log } of resumed.trials()) {
      const text = readFileSync(log!, "utf8");
      expect(text).toContain("line 399 of");
      expect(text).toContain('{"accuracy":');
    }
    resumed.close();
    storage.close();
  },
  300_000,
);
