import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { callAfter } from "../protocol/seconds.js";
import { createProcessGroup, hasProcessGroups } from "./processGroup.js";
import { watchOver } from "./watchdog.js";

/** A process to run. */
export interface ProcessOptions {
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What it reads from its standard input. */
  readonly input: string;
  /** Seconds. */
  readonly timeout: number | undefined;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly grace: number;
  readonly signal: AbortSignal | undefined;
  /** Called with all that it prints; the chunk is only lent. */
  readonly onOutput: (chunk: Uint8Array, from: "output" | "errors") => void;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why we ended it; undefined where it ended by itself. */
  readonly stopped?: string | undefined;
  /** Whether that was because the time was over. */
  readonly isLate?: boolean;
  /** Why it could not be started. */
  readonly startFailure?: string | undefined;
}

export interface RunningProcess {
  /** Ends it; only the first reason counts. */
  stop(reason: string): void;
  /** Settles when the process and all that it started have ended, and all that they printed was handed on. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
}

/** Whoever left the group may hold the output open for ever. */
const OPEN_OUTPUT_SECONDS = 1;

/** Starts a process in a group of its own, so that it is ended with everything that it started. */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { command, folder, environment, input, timeout, grace, signal, onOutput } = options;
  const [program, ...words] = command;
  let child: ChildProcess;
  try {
    child = spawn(program, words, {
      cwd: folder,
      env: environment,
      detached: hasProcessGroups,
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
  } catch (error) {
    const startFailure = (error as Error).message;
    return { stop: () => {}, ended: Promise.resolve({ code: null, signal: null, startFailure }) };
  }
  const group = createProcessGroup(child, grace);
  let stopped: string | undefined;
  let isLate = false;
  let hasEnded = false;
  const stop = (reason: string): void => {
    if (stopped !== undefined || hasEnded) return;
    stopped = reason;
    group.terminate();
  };

  async function run(): Promise<ProcessEnd> {
    const exit = exitOf(child);
    const closed = once(child, "close").catch(() => {});
    child.stdout?.on("data", (chunk: Buffer) => onOutput(chunk, "output"));
    child.stderr?.on("data", (chunk: Buffer) => onOutput(chunk, "errors"));
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on("error", () => {});
    // A process may end without reading anything: that is no error (EPIPE, above).
    child.stdin?.end(input);
    const callOffWatchdog = watchOver(child, grace);
    const clearTimer = callAfter(timeout, () => {
      isLate = true;
      stop(`took longer than ${timeout} s`);
    });
    const onAbort = (): void => stop("cancelled");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();

    const end = await exit;
    hasEnded = true;
    clearTimer();
    signal?.removeEventListener("abort", onAbort);
    await group.finish();
    callOffWatchdog();
    if (end.startFailure === undefined) await settledWithin(closed, OPEN_OUTPUT_SECONDS);
    child.stdout?.destroy();
    child.stderr?.destroy();
    return { ...end, stopped, isLate };
  }

  return { stop, ended: run() };
}

function exitOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    // Also told where a signal cannot be sent, which is not the end of it.
    child.on("error", (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, startFailure: error.message });
    });
  });
}

async function settledWithin(promise: Promise<unknown>, seconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  await Promise.race([promise, patience]);
  clearTimeout(timer);
}
