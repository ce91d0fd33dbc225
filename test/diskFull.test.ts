import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { processOwner } from "../src/study/owner.js";
import { createMemoryStorage } from "../src/study/storage/memory.js";
import { openSqliteStorage } from "../src/study/storage/sqlite/sqliteStorage.js";
import { bundleScript } from "./crash/bundle.js";
import { openScenario, runScenario } from "./crash/runScenario.js";
import { comparable, scenarioOf } from "./crash/scenario.js";

const folder = mkdtempSync(join(tmpdir(), "assay-full-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("without room a search ends with a clear message, keeps what it has, and goes on when there is room", async () => {
  const script = await bundleScript(join(dirname(fileURLToPath(import.meta.url)), "crash", "child.ts"), folder);
  const number = 1;
  const path = join(folder, "full.db");
  const scenario = scenarioOf(number);
  const owner = processOwner();
  const whole = openScenario(scenario, createMemoryStorage(), owner);
  const wanted = await runScenario(scenario, whole, false);

  const recorded = new Set<number>();
  // Blocks of 1,024 bytes (the shell of Debian: 512): no file may grow beyond.
  const limits = [0, 8, 50, 150, 200, 250, 300, 400, 500, undefined];
  const codes: string[] = [];
  for (const limit of limits) {
    const command = limit === undefined ? [] : [`ulimit -f ${limit};`];
    const { stdout, stderr, status } = spawnSync(
      "sh",
      ["-c", `${command.join("")} exec "$0" "$@"`, process.execPath, script, path, `${number}`, ""],
      { encoding: "utf8" },
    );
    for (const [, trial] of stdout.matchAll(/^trial (\d+)$/gm)) recorded.add(Number(trial));
    const failure = /^failed (\S+)$/m.exec(stdout)?.[1];
    if (failure === undefined) {
      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      break;
    }
    codes.push(failure);
    expect(["storage-full", "storage-unreadable", "bad-storage"]).toContain(failure);
    expect(stderr).toContain(path);
    expect(stderr).not.toContain("    at ");
  }
  expect(codes.length).toBeGreaterThan(3);
  const storage = openSqliteStorage(path);
  const study = openScenario(scenario, storage, { ...owner, isGone: () => true });
  expect(study.trials().map((trial) => comparable(study, trial))).toEqual(
    whole.trials().map((trial) => comparable(whole, trial)),
  );
  expect(study.ended).toBe(wanted);
  expect([...recorded].sort((a, b) => a - b)).toEqual(study.trials().map((trial) => trial.number));
  study.close();
  storage.close();
}, 300_000);
