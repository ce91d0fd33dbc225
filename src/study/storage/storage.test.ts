import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { storageConformance } from "./conformance.js";
import type { Storage } from "./contract.js";
import { createMemoryStorage } from "./memory.js";
import { openSqliteStorage } from "./sqlite/sqliteStorage.js";

const folder = mkdtempSync(join(tmpdir(), "assay-storage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Memory has one storage for each place, with the clock of whoever opened it last. */
function createMemoryPlaces() {
  const places = new Map<string, { storage: Storage; clock: () => number }>();
  return (place: string, now: () => number): Storage => {
    const known = places.get(place);
    if (known !== undefined) {
      known.clock = now;
      return known.storage;
    }
    const clock = (): number => places.get(place)!.clock();
    const storage = createMemoryStorage(clock);
    places.set(place, { storage, clock: now });
    return storage;
  };
}

describe("conformance of the storage in memory", () => {
  for (const { name, run } of storageConformance(createMemoryPlaces())) it(name, run);
});

describe("conformance of the storage in SQLite", () => {
  const open = (place: string, now: () => number) => openSqliteStorage(join(folder, `${place}.db`), { now });
  for (const { name, run } of storageConformance(open)) it(name, run);
});
