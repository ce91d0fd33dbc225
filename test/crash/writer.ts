/** Commits in a tight loop until it is killed, and opens the storage anew now and then: what comes first and last is special in SQLite. */
import { writeSync } from "node:fs";
import { processOwner } from "../../src/study/owner.js";
import { openSqliteStorage } from "../../src/study/storage/sqlite/sqliteStorage.js";

const [path] = process.argv.slice(2);
const owner = processOwner();
const made = { id: "1", version: "0", subject: "s", strategy: "random", seed: 1, budget: 1, settings: {} };
const first = openSqliteStorage(path);
first.create({ name: "busy", ...made }, owner).close();
first.close();
writeSync(1, "open\n");
for (let number = 0; ; ) {
  const storage = openSqliteStorage(path);
  const writer = storage.open("busy", owner);
  for (let i = 0; i < 20; i++, number++) {
    writer.decide({ trials: [{ number, architecture: `${number}` }], observed: [], state: { number } });
    writer.end(number, {
      result: { label: number, curves: { loss: Array.from({ length: 100 }, () => number) } },
      seconds: 1,
    });
  }
  writer.close();
  storage.close();
}
