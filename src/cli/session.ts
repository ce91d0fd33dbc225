import type { Terminal } from "./terminal.js";

/** What every command works with. */
export interface Session {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C: commands stop cleanly and show what is known so far. */
  readonly signal: AbortSignal;
  /** Aborted by a second Ctrl-C where a command listens to it; others end there and then. */
  readonly atOnce: AbortSignal;
  /** Set by a command that was stopped or refused something; 0 where it is never set. */
  exitCode: number;
  /** What stands after `--`: a command with options of its own. */
  readonly wordsAfterDashes?: readonly string[];
  /** Set where `--verbose` was given. */
  verbose: boolean;
}

/** Exit codes, as documented in docs/command-line.md. */
export const exitCodes = { done: 0, internalFault: 1, badInput: 2, interrupted: 130 } as const;

/** Writes a line for people to the error stream. */
export function note(session: Session, line: string): void {
  session.terminal.err.write(`${line}\n`);
}

/** Writes a line to the error stream where `--verbose` was given. */
export function noteVerbosely(session: Session, line: string): void {
  if (session.verbose) note(session, session.terminal.errColours.dim(line));
}

/** Writes a result, as a line or as many. */
export function print(session: Session, text: string): void {
  session.terminal.out.write(`${text}\n`);
}

export function printJson(session: Session, value: unknown): void {
  print(session, JSON.stringify(value, null, 2));
}
