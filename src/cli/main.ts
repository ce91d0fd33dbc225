#!/usr/bin/env node
import { getEventListeners } from "node:events";
import { runCommandLine } from "./commandLine.js";
import { exitCodes } from "./session.js";
import { processTerminal } from "./terminal.js";

const terminal = processTerminal();
const stop = new AbortController();
const atOnce = new AbortController();

// SIGHUP: the terminal went away, and with it whoever would press Ctrl-C.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) {
      const hasListener = getEventListeners(atOnce.signal, "abort").length > 0;
      if (!hasListener || atOnce.signal.aborted) process.exit(exitCodes.interrupted);
      atOnce.abort();
      return;
    }
    if (terminal.err.isTerminal) terminal.err.write("\nstopping … (again to stop at once)\n");
    stop.abort();
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has gone (`assay … | head`): nobody wants the rest.
    if (error.code === "EPIPE") process.exit(exitCodes.done);
    throw error;
  });
}

const exitCode = await runCommandLine(process.argv.slice(2), terminal, stop.signal, atOnce.signal);
// An evaluator of the user may have left something open; all output is written first.
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
