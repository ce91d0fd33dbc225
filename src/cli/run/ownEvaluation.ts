import { AssayError } from "../../errors.js";
import {
  commandEstimationOptions,
  createCommandEstimation,
  createCommandEvaluator,
  createHttpEvaluator,
  type Evaluator,
  loadModuleEvaluator,
} from "../../evaluator/index.js";
import { readOptions } from "../../options.js";
import type { Catalogue } from "../../space/catalogue.js";
import { parseSpec } from "../../spec.js";
import type { EstimationSource } from "../../strategy/contract.js";
import { note, type Session } from "../session.js";
import { makeLogFolder } from "./logFolder.js";
import { openQueue } from "./queueEvaluation.js";
import type { SearchCommandOptions } from "./searchOptions.js";

/** An evaluation that the user brings, and estimation codes where it gives some. */
export interface OwnEvaluation {
  readonly evaluator: Evaluator;
  readonly estimation?: (catalogue: Catalogue, seed: number) => EstimationSource;
}

/** The option that names an evaluation of the user; undefined without one. Throws AssayError where there are several. */
export function ownEvaluationOption({ evaluate, command, http, queueName }: SearchCommandOptions): string | undefined {
  const given = Object.entries({ "--evaluate": evaluate, "--command": command, "--http": http, "--queue": queueName })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (given.length <= 1) return given[0];
  throw new AssayError("bad-options", `Give ${given.join(" or ")}: a search has one evaluation.`);
}

/** Checks options that belong to an evaluation of the user where there is none, or another. */
export function checkOwnOptions(options: SearchCommandOptions): void {
  if (options.timeout !== undefined && ownEvaluationOption(options) === undefined) {
    throw new AssayError(
      "bad-options",
      "--timeout belongs to --evaluate, --command, --http and --queue: nothing else is cut off.",
      "Leave it out.",
    );
  }
  if (options.medianRule !== undefined && options.command === undefined && options.queueName === undefined) {
    throw new AssayError(
      "bad-options",
      "--median-rule belongs to --command and --queue: nothing else tells its epochs while it trains.",
      "Leave it out.",
    );
  }
  if (options.logFolder !== undefined && options.command === undefined)
    throw new AssayError("bad-options", "--log-folder belongs to --command: nothing else has logs.", "Leave it out.");
}

/** The study that asks for evaluations; undefined where the search is kept nowhere. */
export type AskingStudy = { readonly name: string; readonly id: string } | undefined;

/** Opens `--evaluate`, `--command` or `--http`. What it gives makes the evaluation for a study. */
export async function openOwnEvaluation(
  session: Session,
  options: SearchCommandOptions,
): Promise<(study: AskingStudy) => OwnEvaluation> {
  const { evaluate, command, http, timeout } = options;
  const limit = timeout === undefined ? {} : { timeout };
  if (command !== undefined) return openCommand(session, options, command);
  if (options.estimationCode !== undefined && options.estimationCode !== "none") {
    throw new AssayError(
      "bad-options",
      `--estimation-code belongs to --benchmark, --live, --train and --command: ${ownEvaluationOption(options)} gives no codes.`,
    );
  }
  if (options.queueName !== undefined) return openQueue(session, options, options.queueName);
  if (http !== undefined) {
    createHttpEvaluator({ url: http, ...limit });
    return (study) => ({ evaluator: createHttpEvaluator({ url: http, ...limit, study: study?.name ?? "" }) });
  }
  const evaluator = await loadModuleEvaluator(evaluate!, limit);
  return () => ({ evaluator });
}

function openCommand(
  session: Session,
  options: SearchCommandOptions,
  command: readonly string[],
): (study: AskingStudy) => OwnEvaluation {
  const { timeout, estimationCode = "none", parallel = 1 } = options;
  const code = readCode(estimationCode);
  const common = { command, ...(timeout === undefined ? {} : { timeout }) };
  // Before a study or a folder is made: a command that does not exist leaves nothing behind.
  createCommandEvaluator(common);
  return (study) => {
    const logFolder = makeLogFolder(options.logFolder, study?.name);
    note(session, `what the trials print is kept in ${logFolder}`);
    const kept = { ...common, logFolder, study: study?.name ?? "" };
    const evaluator = createCommandEvaluator(kept);
    if (code === undefined) return { evaluator };
    const { signal } = session;
    return {
      evaluator,
      estimation: (catalogue, seed) => createCommandEstimation({ ...kept, catalogue, seed, code, parallel, signal }),
    };
  };
}

function readCode(given: string) {
  if (given === "none") return undefined;
  const { name, options } = parseSpec(given);
  if (name === "losses") return readOptions("losses", commandEstimationOptions, options);
  throw new AssayError(
    "unknown-estimation-code",
    `A search with a command has no estimation code "${name}".`,
    "It takes them from the first epochs: losses, such as losses:epochs=3,share=0.1, or none.",
  );
}
