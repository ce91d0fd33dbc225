import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { AssayError } from "../../errors.js";
import { writing } from "../writing.js";
import { differences, digestOf, type Fingerprint } from "./fingerprint.js";
import { keyOf, recordSchema, type TrainingRecord } from "./record.js";

const headerSchema = z.object({
  partial: z.literal(1),
  digest: z.string(),
  fingerprint: z.record(z.string(), z.string()),
});

/** The file in which a build keeps its trainings until all are done: JSON lines that are only ever appended. */
export interface PartialFile {
  readonly path: string;
  /** The trainings that were done when the file was opened, by `keyOf`. */
  readonly records: ReadonlyMap<string, TrainingRecord>;
  /** Adds a training. Throws AssayError where the disk refuses it. */
  append(record: TrainingRecord): void;
}

/** The partial file of a pack lies beside it. */
export function partialPath(packFile: string): string {
  return `${packFile}.partial`;
}

/**
 * Opens the partial file of a build, or begins one. A line that was torn by a crash is cut off. Throws AssayError where the
 * file belongs to another build or is damaged elsewhere: nothing is ever overwritten.
 */
export function openPartialFile(path: string, fingerprint: Fingerprint): PartialFile {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const { lines, soundBytes } = completeLines(bytes);
  if (soundBytes < bytes.length) writing(path, () => truncateSync(path, soundBytes));
  if (lines.length === 0) {
    const header = { partial: 1, digest: digestOf(fingerprint), fingerprint };
    writing(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(header)}\n`);
    });
  } else {
    checkHeader(lines[0], path, fingerprint);
  }
  const records = new Map<string, TrainingRecord>();
  lines.slice(1).forEach((line, position) => {
    const record = readLine(line, recordSchema);
    if (record === undefined) throw damaged(path, position + 2);
    // Two builds may have written the same training; equal inputs give equal outcomes.
    if (!records.has(keyOf(record))) records.set(keyOf(record), record);
  });
  return {
    path,
    records,
    append: (record) => writing(path, () => appendFileSync(path, `${JSON.stringify(record)}\n`)),
  };
}

/** The lines that were written whole. A crash tears the last one; after a power failure it may hold anything. */
function completeLines(bytes: Buffer): { lines: string[]; soundBytes: number } {
  const end = bytes.lastIndexOf(10) + 1;
  const lines = bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
  const last = lines.at(-1);
  if (last === undefined || isJson(last)) return { lines, soundBytes: end };
  const before = bytes.subarray(0, Math.max(0, end - 1)).lastIndexOf(10) + 1;
  return { lines: lines.slice(0, -1), soundBytes: before };
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function readLine<Value>(line: string, schema: z.ZodType<Value>): Value | undefined {
  return isJson(line) ? schema.safeParse(JSON.parse(line)).data : undefined;
}

function checkHeader(line: string, path: string, fingerprint: Fingerprint): void {
  const header = readLine(line, headerSchema);
  if (header === undefined) throw damaged(path, 1);
  if (header.digest === digestOf(fingerprint)) return;
  const found = differences(header.fingerprint, fingerprint);
  const what = found.length === 0 ? "another order of its fields" : found.join(", ");
  throw new AssayError(
    "other-build",
    `${path} was begun by another build: ${what}.`,
    "Go on with what it was begun with, write the pack elsewhere with --out, or delete the file to begin anew.",
  );
}

function damaged(path: string, line: number): AssayError {
  return new AssayError(
    "bad-partial",
    `${path}: line ${line} is not one that a build wrote.`,
    line === 1
      ? "Move the file away, or write the pack elsewhere with --out."
      : "Delete that line to train it anew, or the file to begin anew.",
  );
}
