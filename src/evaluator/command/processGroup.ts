import type { ChildProcess } from "node:child_process";

/** A process with everything that it started. */
export interface ProcessGroup {
  /** Asks all to end; whoever is still there after the grace is killed. */
  terminate(): void;
  /** Settles when all have ended; the process that leads them must have ended already. */
  finish(): Promise<void>;
}

const BETWEEN_LOOKS_MILLISECONDS = 20;
/** The system needs a moment to bury the killed; where nobody buries orphans (a container without an init) they stay. */
const AFTER_KILL_MILLISECONDS = 500;

/** Whether processes can lead a group of their own. On Windows only the process itself is ended. */
export const hasProcessGroups = process.platform !== "win32";

/**
 * @param child started with `detached`, so that its number is the number of its group
 * @param grace seconds between SIGTERM and SIGKILL
 */
export function createProcessGroup(child: ChildProcess, grace: number): ProcessGroup {
  let killAt: number | undefined;
  let killer: ReturnType<typeof setTimeout> | undefined;

  function send(signal: NodeJS.Signals | 0): boolean {
    if (child.pid === undefined) return false;
    try {
      if (hasProcessGroups) return process.kill(-child.pid, signal);
      return child.exitCode === null && child.signalCode === null && child.kill(signal);
    } catch {
      // Nobody is there any more, or nobody whom we may end.
      return false;
    }
  }

  function terminate(): void {
    if (killAt !== undefined) return;
    killAt = performance.now() + grace * 1000;
    send("SIGTERM");
    killer = setTimeout(() => send("SIGKILL"), grace * 1000);
  }

  return {
    terminate,
    async finish() {
      if (send(0)) {
        terminate();
        while (send(0) && performance.now() < killAt!) await pause();
        const until = performance.now() + AFTER_KILL_MILLISECONDS;
        if (send("SIGKILL")) while (send(0) && performance.now() < until) await pause();
      }
      clearTimeout(killer);
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, BETWEEN_LOOKS_MILLISECONDS);
  });
}
