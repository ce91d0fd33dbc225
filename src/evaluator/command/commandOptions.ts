import { statSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../../errors.js";
import { requireSeconds } from "../protocol/seconds.js";
import { requireProgram } from "./findProgram.js";
import { joinWords } from "./words.js";

/** Options of `createCommandEvaluator`. */
export interface CommandEvaluatorOptions {
  /** Program and arguments, each a word of its own; no shell reads them. */
  readonly command: readonly string[];
  /** Seconds after which an evaluation has failed. Default: no limit. */
  readonly timeout?: number;
  /** Folder for one log per trial. Default: no logs. */
  readonly logFolder?: string;
  /** Bytes that a log keeps: of longer output the beginning and the end. Default 1 MiB. */
  readonly logLimit?: number;
  /** Name of the study, which the process is told. Default: none. */
  readonly study?: string;
  /** Variables beyond those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds between SIGTERM and SIGKILL where a process has to end. Default 5. */
  readonly grace?: number;
  /** Folder in which the process runs. Default: that of this process. */
  readonly workingFolder?: string;
}

/** The same, checked and filled in. */
export interface CommandSettings {
  readonly name: string;
  readonly command: readonly string[];
  readonly timeout: number | undefined;
  readonly logFolder: string | undefined;
  readonly logLimit: number;
  readonly study: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly grace: number;
  readonly folder: string;
}

/** Throws AssayError where an option is wrong or the program does not exist. */
export function readCommandOptions(options: CommandEvaluatorOptions): CommandSettings {
  const { command, timeout, grace = 5, logLimit = 2 ** 20, study = "", workingFolder = "." } = options;
  if (
    !Array.isArray(command) ||
    command.length === 0 ||
    command.some((word) => typeof word !== "string") ||
    command[0] === ""
  )
    throw new AssayError("bad-command", "A command is a program and its arguments, as a list of words.");
  // For messages and reports, which have one line for it.
  const name = joinWords(command).replace(/\s+/g, " ");
  requireSeconds("command", "timeout", timeout);
  if (!(grace >= 0 && grace <= 86_400))
    throw new AssayError("bad-option", `Option "grace" of command must be from 0 to 86400 seconds, got ${grace}.`);
  if (!(Number.isSafeInteger(logLimit) && logLimit >= 0 && logLimit <= 2 ** 30))
    throw new AssayError("bad-option", `Option "logLimit" of command must be from 0 to 1 GiB, got ${logLimit}.`);
  const folder = resolve(workingFolder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AssayError("bad-option", `Option "workingFolder" of command: there is no folder ${folder}.`);
  // A script that is piped keeps its epochs to itself until its buffer is full; Python does not if it is told so.
  const environment: NodeJS.ProcessEnv = { PYTHONUNBUFFERED: "1", ...process.env, ...options.environment };
  requireProgram(command[0], folder, environment["PATH"] ?? "");
  const logFolder = options.logFolder === undefined ? undefined : resolve(options.logFolder);
  return { name, command, timeout, logFolder, logLimit, study, environment, grace, folder };
}
