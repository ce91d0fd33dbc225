import { AssayError } from "../errors.js";
import type { Storage, StudySummary } from "../study/index.js";
import { openStorage } from "../study/openStorage.js";
import type { StudyRow, ViewSource } from "./contract.js";

/*
 * A stand-in until the real one is merged: the list of studies and the trials with their labels, nothing else.
 */

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** Reads the views of studies from a file. Throws AssayError `no-storage` where it is not there. */
export async function createViewSource({ storagePath }: { readonly storagePath: string }): Promise<ViewSource> {
  const storage = await openStorage(storagePath, { mustExist: true });
  const notYet = async (): Promise<never> => {
    throw new AssayError("not-yet", "This cannot be shown yet.");
  };
  return {
    studies: async () => storage.studies().map(rowOf),
    async study(name) {
      const row = rowOf(requireStudy(storage, name));
      return {
        row,
        settings: {},
        version: "",
        quantities: [{ name: "label", unit: "", kind: "label", direction: "maximise" }],
        objectives: ["label"],
        limits: [],
        improvements: storage.progress(name).improvements,
        front: [],
        quality: [],
        hasSpace: false,
        hasMap: false,
        failures: row.counts.failed,
      };
    },
    async trials(name, from, count) {
      const trials = storage.trials(name, { from, count, curves: false });
      return {
        number: trials.map(({ number }) => number),
        state: trials.map(({ state }) => state),
        architecture: trials.map(({ architecture }) => architecture),
        decision: trials.map(({ askedIn }) => askedIn),
        reason: trials.map(({ explanation }) => explanation?.reason ?? null),
        predicted: trials.map(({ explanation }) => finite(explanation?.predicted?.mean)),
        doubt: trials.map(({ explanation }) => finite(explanation?.predicted?.standardDeviation)),
        attempts: trials.map(({ failedAttempts }) => failedAttempts),
        endedAt: trials.map(({ endedAt }) => endedAt ?? null),
        failure: trials.map(({ result }) => result?.failure ?? null),
        values: { label: trials.map(({ result }) => finite(result?.label)) },
      };
    },
    trial: notYet,
    map: notYet,
    frame: notYet,
    compare: notYet,
    listen(listener) {
      let seen = stampOf(storage);
      const timer = setInterval(() => {
        const now = stampOf(storage);
        if (now === seen) return;
        seen = now;
        listener({ kind: "changed", studies: [] });
      }, 1000);
      return () => clearInterval(timer);
    },
  };
}

function requireStudy(storage: Storage, name: string): StudySummary {
  const found = storage.find(name);
  if (found === undefined) throw new AssayError("no-study", `There is no study "${name}".`);
  return found;
}

function stampOf(storage: Storage): string {
  return JSON.stringify(storage.studies().map(({ id, changedAt, writer }) => [id, changedAt, writer]));
}

function rowOf({ settings: _, version: __, writer, ...study }: StudySummary): StudyRow {
  const standing = study.ended !== undefined ? "ended" : writer !== undefined ? "writing" : "stopped";
  return { ...study, standing };
}
