import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import { afterAll, expect, it } from "vitest";
import type { AssayError } from "../errors.js";
import { createChoiceSpace } from "../space/choice/index.js";
import { createStudy } from "./openStudy.js";
import type { WaitEvent } from "./recordPatiently.js";
import { runStudy } from "./run.js";
import { openSqliteStorage } from "./storage/sqlite/sqliteStorage.js";
import type { Study } from "./study.js";

const folder = mkdtempSync(join(tmpdir(), "assay-room-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const space = createChoiceSpace({
  name: "small",
  parameters: { a: [0, 1, 2, 3], b: [0, 1, 2, 3], c: [0, 1, 2, 3], d: [0, 1, 2, 3] },
});

/** A study in a file whose room can be taken away. */
function openLimited(path: string): { study: Study; limit: (pages: number) => void } {
  const databases: Libsql.Database[] = [];
  const { exec } = Libsql.prototype;
  Libsql.prototype.exec = function captured(this: Libsql.Database, text: string) {
    databases.push(this);
    return exec.call(this, text);
  };
  const storage = openSqliteStorage(path);
  Libsql.prototype.exec = exec;
  const study = createStudy({ space, strategy: "regularized-evolution", seed: 1, name: "s", storage, mode: "either" });
  // A limit below what there is means: no more than now.
  return { study, limit: (pages) => databases[0].exec(`PRAGMA max_page_count = ${pages}`) };
}

const curves = { loss: Array.from({ length: 300 }, (_, i) => i / 7) };
const evaluator = {
  name: "test",
  evaluate: async ({ id }: { id: number }) => ({ label: (id * 31) % 97, curves }),
};
const trialsOf = (study: Study) => study.trials().map((trial) => ({ ...trial, seconds: 0 }));

async function whole() {
  const study = createStudy({ space, strategy: "regularized-evolution", seed: 1 });
  await runStudy(study, { evaluator, budget: 40, batch: 4 });
  return trialsOf(study);
}

it("waits for room, with the result in hand, and goes on to the same end", async () => {
  const { study, limit } = openLimited(join(folder, "patient.db"));
  let waited = false;
  study.on("trial", ({ number }) => {
    if (number !== 12) return;
    limit(1);
    setTimeout(() => {
      waited = study.finished < 40;
      limit(1e6);
    }, 500);
  });
  const heard: string[] = [];
  const onWait = (event: WaitEvent): void => {
    heard.push(event.kind === "begins" ? `${event.error.code} ${event.seconds}` : event.kind);
  };
  await runStudy(study, { evaluator, budget: 40, batch: 4, patience: 3600, onWait });
  expect(waited).toBe(true);
  expect(heard).toEqual(["storage-full 3600", "ends"]);
  expect(trialsOf(study)).toEqual(await whole());
  study.close();
});

it("ends where there is no room in time, tells the result, and another process goes on to the same end", async () => {
  const path = join(folder, "impatient.db");
  let messages = "";
  for (let life = 0; life < 30; life++) {
    const { study, limit } = openLimited(path);
    const before = study.finished;
    study.on("trial", ({ number }) => {
      if (number === before + 3) limit(1);
    });
    try {
      await runStudy(study, { evaluator, budget: 40, batch: 4, patience: 0 });
      expect(trialsOf(study)).toEqual(await whole());
      expect(messages).toContain("is not recorded: {");
      return;
    } catch (error) {
      const { code, message, hint } = error as AssayError;
      expect(code, message).toBe("storage-full");
      expect(message).toContain(path);
      expect(hint).toContain("Everything recorded before is kept.");
      messages += message;
    } finally {
      study.close();
    }
  }
  throw new Error("it did not end");
});

it("keeps what the strategy has suggested where there was no room to write it", async () => {
  const { study, limit } = openLimited(join(folder, "asked.db"));
  const wanted = await createStudy({ space, strategy: "regularized-evolution", seed: 1 }).ask(200);
  limit(1);
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(study.ask(200)).rejects.toMatchObject({ code: "storage-full" });
    expect(study.size).toBe(0);
  }
  limit(1e6);
  const first = await study.ask(150);
  const rest = await study.ask(50);
  expect([...first, ...rest].map(({ text }) => text)).toEqual(wanted.map(({ text }) => text));
  study.close();
});
