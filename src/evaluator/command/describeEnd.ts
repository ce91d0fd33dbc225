import { findErrorLine } from "./errorLine.js";
import type { ProcessEnd } from "./runProcess.js";

/** What is known of a process that ended by itself and gave no result. */
export interface EndOptions {
  readonly program: string;
  readonly end: ProcessEnd;
  /** The end of its error output. */
  readonly errors: string;
  /** How many epochs it reported. */
  readonly epochs: number;
}

/** Why a process failed, one sentence; undefined where it ended well, apart from its answer. */
export function describeEnd({ program, end, errors }: EndOptions): string | undefined {
  const { code, signal, startFailure } = end;
  if (startFailure !== undefined) return `${program} cannot be started: ${startFailure}`;
  if (code === 0) return undefined;
  const line = findErrorLine(errors);
  const said = line === undefined ? "" : `: ${line}`;
  if (signal === "SIGKILL" && line === undefined)
    return "ended by SIGKILL, which the system sends when memory is short";
  return signal === null ? `exited with ${code}${said}` : `ended by ${signal}${said}`;
}

/** What is missing where a process ended well without an answer, one sentence. */
export function describeSilence({ epochs }: EndOptions): string {
  const last = 'print {"accuracy": number} as the last line';
  return epochs === 0
    ? `exited with 0 but printed no answer: ${last}`
    : `reported ${epochs === 1 ? "1 epoch" : `${epochs} epochs`} but no answer: ${last}, without "epoch"`;
}
