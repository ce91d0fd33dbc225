import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { createTail } from "./tail.js";

/** The file that keeps what a process printed. */
export interface TrialLog {
  readonly path: string;
  add(chunk: Uint8Array): void;
  /** Writes the end, and a last line of our own. */
  close(lastLine: string): void;
}

/**
 * Opens a log; undefined where it cannot be written (a full disk must not cost a training). Of more than `limit` bytes the first and
 * the last half are kept, with a line between them that says how much is missing. The first half is in the file as soon as it was
 * printed, the rest when the process has ended.
 */
export function openTrialLog(path: string, limit: number, firstLines: readonly string[]): TrialLog | undefined {
  let file: number | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(path, "w");
  } catch {
    return undefined;
  }
  const head = Math.floor(limit / 2);
  const tail = createTail(limit - head);
  let written = 0;

  function write(bytes: Uint8Array): void {
    if (file === undefined) return;
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    } catch {
      closeFile();
    }
  }

  function closeFile(): void {
    if (file === undefined) return;
    const closing = file;
    file = undefined;
    try {
      closeSync(closing);
    } catch {
      // A network folder that is full says so only now.
    }
  }

  write(Buffer.from(firstLines.map((line) => `# ${line}\n`).join("")));
  return {
    path,
    add(chunk) {
      const first = chunk.subarray(0, Math.max(0, head - written));
      written += first.length;
      write(first);
      tail.add(chunk.subarray(first.length));
    },
    close(lastLine) {
      const { forgotten } = tail;
      if (forgotten > 0) write(Buffer.from(`\n# … ${forgotten.toLocaleString("en")} bytes left out …\n`));
      const last = tail.bytes();
      write(last);
      write(Buffer.from(`\n# ${lastLine}\n`));
      closeFile();
    },
  };
}
