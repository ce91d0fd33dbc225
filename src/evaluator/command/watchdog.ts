import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { hasProcessGroups } from "./processGroup.js";

/*
 * Waits for a line. Where its input ends without one, we have died, however suddenly: it ends the group that nobody else would end.
 * A fixed text; what differs comes as arguments.
 */
const SCRIPT = 'read -r line || { kill -s TERM -- "-$1"; sleep "$2"; kill -s KILL -- "-$1"; }';

/**
 * Watches over a process group for the case that this process dies, also by SIGKILL: a small shell of its own session then ends the
 * group, so that no orphan goes on training. Where there is no `/bin/sh`, the process is ended when this one exits in any other way.
 *
 * @param grace seconds between SIGTERM and SIGKILL
 * @returns what calls it off; to be called when the group has ended
 */
export function watchOver(child: ChildProcess, grace: number): () => void {
  const onExit = (): void => {
    child.kill("SIGKILL");
  };
  const endAtExit = (): (() => void) => {
    process.on("exit", onExit);
    return () => process.off("exit", onExit);
  };
  if (!hasProcessGroups || child.pid === undefined) return endAtExit();

  const words = ["-c", SCRIPT, "assay-watchdog", String(child.pid), String(Math.ceil(grace))];
  const watchdog = spawn("/bin/sh", words, { cwd: "/", detached: true, stdio: ["pipe", "ignore", "ignore"] });
  let callOff = (): void => {
    watchdog.stdin.end("done\n");
  };
  watchdog.on("error", () => {
    callOff = endAtExit();
  });
  watchdog.stdin.on("error", () => {});
  // It must not keep this process alive.
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  return () => callOff();
}
