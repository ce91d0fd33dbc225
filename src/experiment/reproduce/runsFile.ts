import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { writing } from "../writing.js";
import type { RunFingerprint } from "./fingerprint.js";
import { type ProtocolRun, protocolRunSchema } from "./protocolRun.js";

const lineSchema = protocolRunSchema.extend({ key: z.string() });

/** Runs that are done, so that a stopped reproduction goes on and figures share their runs. */
export interface RunsFile {
  find(key: string): ProtocolRun | undefined;
  /** Throws AssayError where the disk refuses it. */
  append(key: string, fingerprint: RunFingerprint, seed: number, run: ProtocolRun): void;
}

/**
 * Opens a file of runs, JSON lines that are only ever appended, or begins one. What was torn by a crash is cut off; lines that
 * are no runs are passed over, and what they held is run again.
 */
export function openRunsFile(path: string): RunsFile {
  const runs = new Map<string, ProtocolRun>();
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const end = bytes.lastIndexOf(10) + 1;
  writing(path, () => {
    if (end < bytes.length) truncateSync(path, end);
    else mkdirSync(dirname(path), { recursive: true });
  });
  for (const line of bytes.toString("utf8", 0, end).split("\n")) {
    const found = readLine(line);
    if (found !== undefined) runs.set(found.key, found.run);
  }
  return {
    find: (key) => runs.get(key),
    append(key, fingerprint, seed, run) {
      runs.set(key, run);
      writing(path, () => appendFileSync(path, `${JSON.stringify({ key, ...run, seed, of: fingerprint })}\n`));
    },
  };
}

/** Runs that are kept in memory only. */
export function keepRuns(): RunsFile {
  const runs = new Map<string, ProtocolRun>();
  return { find: (key) => runs.get(key), append: (key, _fingerprint, _seed, run) => void runs.set(key, run) };
}

function readLine(line: string): { key: string; run: ProtocolRun } | undefined {
  if (line === "") return undefined;
  try {
    const { key, ...run } = lineSchema.parse(JSON.parse(line));
    return { key, run };
  } catch {
    return undefined;
  }
}
