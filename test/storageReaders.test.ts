import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openSqliteStorage } from "../src/study/storage/sqlite/sqliteStorage.js";
import { bundleScript } from "./crash/bundle.js";

const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "assay-readers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("readers read while another process commits, opens and closes as fast as it can", async () => {
  const script = await bundleScript(join(dirname(fileURLToPath(import.meta.url)), "crash", "writer.ts"), folder);
  const path = join(folder, "busy.db");
  const writer = spawn(process.execPath, [script, path], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await new Promise<void>((resolve, reject) => {
      writer.stdout.once("data", () => resolve());
      writer.once("exit", () => reject(new Error("the writer ended")));
    });
    const longLived = openSqliteStorage(path, { mustExist: true });
    let last = 0;
    for (let round = 0; round < 60; round++) {
      const reader = openSqliteStorage(path, { mustExist: true });
      for (const storage of [reader, longLived]) {
        // What is read together belongs together: all but the last are done.
        const trials = storage.trials("busy", { skip: Math.max(0, last - 5) });
        const whole = trials
          .slice(0, -1)
          .filter(({ state, result, number }) => state === "done" && result?.label === number);
        expect(whole).toHaveLength(Math.max(0, trials.length - 1));
        const newest = (trials.at(-1)?.number ?? -1) + 1;
        expect(newest).toBeGreaterThanOrEqual(last);
        last = newest;
        expect(storage.find("busy")?.counts.done).toBeGreaterThanOrEqual(last - 1);
      }
      reader.close();
      if (round % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    longLived.close();
    expect(writer.exitCode).toBeNull();
    expect(last).toBeGreaterThan(0);
  } finally {
    writer.kill("SIGKILL");
  }
});
