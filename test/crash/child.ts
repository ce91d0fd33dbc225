/**
 * Goes on with the study of a scenario until it ends, or until it is killed: by whoever started it, or by itself in the middle of a
 * transaction. Bundled by `crash.test.ts`.
 *
 *     node child.mjs STORAGE SCENARIO LOGS [STATEMENT before|after]
 *
 * With a folder for LOGS its trials are processes that print much; "" stands for none.
 */
import { writeSync } from "node:fs";
import Libsql from "libsql";
import { processOwner } from "../../src/study/owner.js";
import { openSqliteStorage } from "../../src/study/storage/sqlite/sqliteStorage.js";
import { openScenario, runScenario } from "./runScenario.js";
import { scenarioOf } from "./scenario.js";
import { createTalkativeEvaluator, talkativeScenario } from "./talkative.js";

const [path, number, logFolder, statement, when] = process.argv.slice(2);

if (statement !== undefined) dieAt(Number(statement), when === "after");
// A limit on the size of files must end in an error, as a full disk does.
process.on("SIGXFSZ", () => undefined);
try {
  const drawn = scenarioOf(Number(number));
  const scenario = logFolder === "" ? drawn : talkativeScenario(drawn);
  const evaluator = logFolder === "" ? undefined : createTalkativeEvaluator(logFolder);
  const study = openScenario(scenario, openSqliteStorage(path), processOwner());
  // Written before the next instruction, so that whoever reads knows all that was recorded.
  study.on("trial", (trial) => writeSync(1, `trial ${trial.number}\n`));
  writeSync(1, "open\n");
  const ended = await runScenario(scenario, study, true, evaluator);
  study.close();
  writeSync(1, `ended ${ended}\n`);
} catch (error) {
  const { code, message, stack } = error as { code?: unknown; message: string; stack: string };
  writeSync(1, `failed ${String(code)}\n`);
  writeSync(2, code === undefined ? stack : message);
  process.exitCode = 2;
}

/** Kills this process before or after the n-th statement that changes something, BEGIN and COMMIT included. */
function dieAt(last: number, after: boolean): void {
  const memory = new Libsql(":memory:");
  let count = 0;
  const watch = (prototype: object, method: "run" | "exec"): void => {
    const original = Reflect.get(prototype, method) as (...values: unknown[]) => unknown;
    Reflect.set(prototype, method, function counted(this: unknown, ...values: unknown[]) {
      const isLast = ++count === last;
      if (isLast && !after) process.kill(process.pid, "SIGKILL");
      const result = original.apply(this, values);
      if (isLast) process.kill(process.pid, "SIGKILL");
      return result;
    });
  };
  watch(Object.getPrototypeOf(memory.prepare("SELECT 1")) as object, "run");
  watch(Libsql.prototype, "exec");
  memory.close();
}
