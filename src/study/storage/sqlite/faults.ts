import { AssayError } from "../../../errors.js";
import { quoteWord } from "../../../evaluator/command/words.js";

/** Codes of SQLite and what each means for a user. */
const meanings: readonly (readonly [code: RegExp, make: (path: string, cause: unknown) => AssayError])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, (path, cause) => damaged(path, messageOf(cause), cause)],
  [
    /^SQLITE_FULL/,
    (path, cause) =>
      new AssayError(
        "storage-full",
        `There is no room to write to ${path}: the disk is full.`,
        "Everything recorded before is kept. Make room and go on with assay resume.",
        { cause },
      ),
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    (path, cause) =>
      new AssayError(
        "storage-busy",
        `${path} is locked by another program for longer than ${BUSY_SECONDS} seconds.`,
        "Close whatever holds it open; network file systems cannot lock it at all.",
        { cause },
      ),
  ],
  [
    /^SQLITE_(READONLY|PERM|AUTH)/,
    (path, cause) =>
      new AssayError(
        "storage-read-only",
        `${path} cannot be written: ${messageOf(cause)}.`,
        "The file and its folder must both be writable.",
        { cause },
      ),
  ],
  [
    /^SQLITE_CANTOPEN/,
    (path, cause) =>
      new AssayError("bad-storage", `${path} cannot be opened: ${messageOf(cause)}.`, undefined, { cause }),
  ],
  [
    /^SQLITE_IOERR/,
    (path, cause) =>
      new AssayError(
        "storage-unreadable",
        `${path} cannot be read or written: ${messageOf(cause)}.`,
        "Everything recorded before is kept. Check the disk and its free room, and go on with assay resume.",
        { cause },
      ),
  ],
];

/** The error for a file that no longer is what was written. */
export function damaged(path: string, reason: string, cause?: unknown): AssayError {
  return new AssayError(
    "damaged-storage",
    `${path} is damaged or no database: ${reason}.`,
    `Nothing was written to it. Keep a copy, then try: sqlite3 ${quoteWord(path)} .recover | sqlite3 recovered.db`,
    { cause },
  );
}

/** How long a statement waits for a lock. */
export const BUSY_SECONDS = 10;

/** Runs a piece of work on the database; its faults become errors that say what to do. */
export function explainFaults<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw explain(path, error);
  }
}

function explain(path: string, error: unknown): unknown {
  if (error instanceof AssayError) return error;
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== "string") return error;
  const named = nameOf(code);
  return meanings.find(([pattern]) => pattern.test(named))?.[1](path, error) ?? error;
}

/** Names of the primary result codes that have a meaning here. */
const primaryCodes: Readonly<Record<number, string>> = {
  3: "SQLITE_PERM",
  5: "SQLITE_BUSY",
  6: "SQLITE_LOCKED",
  8: "SQLITE_READONLY",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  15: "SQLITE_PROTOCOL",
  26: "SQLITE_NOTADB",
};

/** The driver does not know the names of all extended codes; their last byte is the primary one. */
function nameOf(code: string): string {
  const unknown = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code);
  return unknown === null ? code : (primaryCodes[Number(unknown[1]) & 0xff] ?? code);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
}
