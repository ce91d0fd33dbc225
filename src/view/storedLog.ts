import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { type SearchSettings, searchSettingsSchema } from "../experiment/searchSettings.js";
import type { TrialView } from "./contract.js";

const MOST_BYTES = 100_000;

/**
 * The end of the log of a trial. What a storage says of paths is not believed: the file must be a regular one inside the folder of
 * logs of its study, through no link that leads out of it, and begin as our logs do. Undefined where one of that is not so.
 *
 * @param path as the trial has it
 */
export function readStoredLog(path: string, settings: Readonly<Record<string, unknown>>): TrialView["log"] {
  const { data } = searchSettingsSchema.safeParse(settings);
  if (data === undefined) return undefined;
  const place = findInside(path, data);
  if (place === undefined) return undefined;
  let file: number | undefined;
  try {
    // A pipe without a writer must not keep us; a link that took the place of the file just now is no file.
    file = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const found = fstatSync(file);
    if (!found.isFile() || !beginsAsOurs(file)) return undefined;
    return readEnd(file, found.size);
  } catch {
    // Gone, or somebody else's.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The real path of a log; undefined where it is not inside the folder of logs, or not there. */
function findInside(path: string, { folder, options }: SearchSettings): string | undefined {
  try {
    const home = realpathSync(resolve(folder));
    const logs = realpathSync(resolve(home, options.logFolder ?? "assay-logs"));
    // A folder of logs that is a link out of the working folder was not made by a search in there.
    if (options.logFolder === undefined && !logs.startsWith(home.endsWith(sep) ? home : join(home, sep)))
      return undefined;
    const place = realpathSync(resolve(home, path));
    const isInside = place.startsWith(logs.endsWith(sep) ? logs : join(logs, sep));
    return isInside && place.endsWith(".log") ? place : undefined;
  } catch {
    return undefined;
  }
}

/** The first lines of a log tell what was run, and the task as JSON; no secret of a system begins like that. */
function beginsAsOurs(file: number): boolean {
  const start = Buffer.alloc(4096);
  const length = readSync(file, start, 0, start.length, 0);
  return /^# [^\n]*\n# \{"/.test(start.subarray(0, length).toString("latin1"));
}

function readEnd(file: number, size: number): NonNullable<TrialView["log"]> {
  const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
  const start = size - bytes.length;
  let read = 0;
  while (read < bytes.length) {
    const count = readSync(file, bytes, read, bytes.length - read, start + read);
    if (count === 0) break;
    read += count;
  }
  const text = bytes.subarray(0, read).toString("utf8");
  // Not in the middle of a letter.
  return start === 0 ? { text, isCut: false } : { text: text.replace(/^\uFFFD{1,3}/, ""), isCut: true };
}
