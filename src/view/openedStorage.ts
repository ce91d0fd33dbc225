import { statSync } from "node:fs";
import { AssayError } from "../errors.js";
import type { Storage } from "../study/index.js";
import { openStorage } from "../study/openStorage.js";

/** A file of studies that is looked at while it may come, go, or be replaced by another. */
export interface WatchedStorage {
  /** Throws AssayError where the file is missing, locked or damaged; the next call tries anew. */
  use<Result>(act: (storage: Storage) => Result): Promise<Result>;
  close(): void;
}

/** Watches a file of studies; nothing is ever written to it. */
export function watchStorage(path: string): WatchedStorage {
  let opened: { readonly storage: Storage; readonly identity: string } | undefined;
  let opening: Promise<Storage> | undefined;
  let isClosed = false;

  function drop(): void {
    const { storage } = opened ?? {};
    opened = undefined;
    try {
      storage?.close();
    } catch {
      // A file that is gone needs no closing.
    }
  }

  async function open(): Promise<Storage> {
    const identity = identityOf(path);
    if (opened !== undefined && opened.identity === identity) return opened.storage;
    drop();
    const storage = await openStorage(path, { mustExist: true, isReadOnly: true });
    if (isClosed) {
      storage.close();
      throw new AssayError("view-closed", "The view of the studies was closed.");
    }
    opened = { storage, identity };
    return storage;
  }

  return {
    async use(act) {
      if (isClosed) throw new AssayError("view-closed", "The view of the studies was closed.");
      opening ??= open().finally(() => {
        opening = undefined;
      });
      const storage = await opening;
      try {
        return act(storage);
      } catch (error) {
        if (error instanceof AssayError && ASKED_WRONGLY.has(error.code)) throw error;
        // Whatever it was, a fresh connection may know better.
        drop();
        throw error;
      }
    },
    close() {
      isClosed = true;
      drop();
    },
  };
}

const ASKED_WRONGLY = new Set(["no-study", "no-trial"]);

/** Another file under the same name is another storage. */
function identityOf(path: string): string {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return "none";
  }
}
