import { readdirSync } from "node:fs";
import { constants, setPriority } from "node:os";

/**
 * Lets every other program go first: a search beside this one keeps its processors, even beside twenty of these. Where that is not allowed,
 * nothing happens.
 */
export function giveWay(): void {
  for (const thread of [0, ...ownThreads()]) {
    try {
      setPriority(thread, constants.priority.PRIORITY_LOW);
    } catch {
      // A thread that has ended, or a system that forbids it.
    }
  }
}

/** Linux has a priority for each thread, and those of the engine have begun already. */
function ownThreads(): number[] {
  try {
    return readdirSync("/proc/self/task").map(Number);
  } catch {
    return [];
  }
}
