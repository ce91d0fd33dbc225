import { CommanderError } from "commander";
import { AssayError } from "../errors.js";
import { exitCodes, type Session } from "./session.js";

/** Says what went wrong and gives the exit code. */
export function reportFailure(error: unknown, session: Session): number {
  // Commander has said what was wrong already; "help" and "version" come this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  const isStopped = session.signal.aborted;
  // What could not be kept is told even to who does not want to wait for it.
  const isLoss = error instanceof AssayError && error.code.startsWith("storage-");
  if (isStopped && !isLoss) return exitCodes.interrupted;
  const { err, errColours } = session.terminal;
  if (error instanceof AssayError) {
    err.write(`${errColours.red("error:")} ${error.message}\n`);
    if (error.hint !== undefined) err.write(`${errColours.cyan("hint:")} ${error.hint}\n`);
    if (session.verbose) err.write(`${errColours.dim(traceOf(error))}\n`);
    return isStopped ? exitCodes.interrupted : exitCodes.badInput;
  }
  err.write(`${errColours.red("internal error:")} ${error instanceof Error ? error.message : String(error)}\n`);
  err.write(
    session.verbose
      ? `${errColours.dim(traceOf(error))}\n`
      : `${errColours.cyan("hint:")} This is a fault of assay. Run again with --verbose to see where it happened.\n`,
  );
  return exitCodes.internalFault;
}

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${traceOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
