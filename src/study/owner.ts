import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { StudyOwner } from "./storage/contract.js";

/**
 * This process as the owner of a study. An owner on the same host whose process has ended is gone, so that a study that was killed can
 * be resumed at once.
 *
 * @example
 * const writer = storage.open("first", processOwner());
 */
export function processOwner(): StudyOwner {
  const host = hostname();
  return {
    id: `${crypto.randomUUID()} ${startOf(process.pid)} ${processNamespace()}`,
    description: describe(process.pid, host),
    isGone(id, description) {
      const found = /^process (\d+) on (.*)$/.exec(description);
      const [, start = "", namespace = ""] = id.split(" ");
      // Two containers may call their host the same, and cannot see each other's processes.
      if (found === null || found[2] !== host || namespace !== processNamespace()) return false;
      const pid = Number(found[1]);
      if (!isAlive(pid)) return true;
      // The number may have gone to another process since.
      return start !== "" && startOf(pid) !== start;
    },
  };
}

function describe(pid: number, host: string): string {
  return `process ${pid} on ${host}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ended, and nobody has asked how: its files are closed. */
function isZombie(pid: number): boolean {
  return statusOf(pid)?.[0] === "Z";
}

/** When a process started, in ticks since the machine did, where the system tells (Linux); "" elsewhere. */
function startOf(pid: number): string {
  return statusOf(pid)?.[19] ?? "";
}

/** Which processes this one can see, where the system tells (Linux); "" elsewhere. */
function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** What Linux tells of a process, from its state on. */
function statusOf(pid: number): string[] | undefined {
  try {
    // The name, in parentheses, may hold anything.
    return readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .trim()
      .split(" ");
  } catch {
    return undefined;
  }
}
