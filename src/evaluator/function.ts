import { AssayError } from "../errors.js";
import { type Answer, failed, readAnswer } from "./answer.js";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "./contract.js";
import { costOf } from "./cost.js";
import { parametersOf } from "./task.js";

/** What a user's function is told of one architecture. */
export interface Candidate {
  /** The text form, which `space.parse` reads. */
  readonly architecture: string;
  /** The values of the active parameters by name; undefined where the space has no parameters. */
  readonly parameters: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Costs by name, such as flops; undefined where the space names none. */
  readonly cost: Readonly<Record<string, number>> | undefined;
  /** Catalogue number of the architecture. */
  readonly id: number;
  /** 0 for the first query of a search; good for names of folders. */
  readonly trial: number;
  /** For the randomness of the training: a whole number below 2^31 that follows from the seed of the search and `trial`. */
  readonly seed: number;
  /** Aborted when the search stops or the time is over. */
  readonly signal: AbortSignal;
}

/**
 * Evaluates one architecture: returns what is to be maximised, alone or as `label` (or `accuracy`, in percent) among further
 * numbers. Throwing makes the evaluation a failed one; the search goes on.
 */
export type EvaluationFunction = (candidate: Candidate) => Answer | Promise<Answer>;

/** Options of `createFunctionEvaluator`. */
export interface FunctionEvaluatorOptions {
  /** For messages. Default "function". */
  readonly name?: string;
  /** Seconds after which an evaluation has failed. Default: no limit. */
  readonly timeout?: number;
}

/**
 * Evaluates with a function of the user. Whatever goes wrong in it (an error, no number, NaN, too slow) is a failed result
 * with a reason. A function that never gives control back cannot be stopped: heavy work belongs in its own process.
 *
 * @example
 * const evaluator = createFunctionEvaluator(async ({ parameters }) => train(parameters), { timeout: 3600 });
 */
export function createFunctionEvaluator(
  evaluate: EvaluationFunction,
  { name = "function", timeout }: FunctionEvaluatorOptions = {},
): Evaluator {
  if (typeof evaluate !== "function")
    throw new AssayError(
      "bad-evaluator",
      `${name}: expected a function, got ${evaluate === null ? "null" : typeof evaluate}.`,
    );
  if (timeout !== undefined && !(timeout > 0))
    throw new AssayError("bad-option", `Option "timeout" of ${name} must be above 0 seconds, got ${timeout}.`);
  return { name, evaluate: (request) => run(evaluate, request, timeout) };
}

/** Longer ones overflow the timer of the platform, which then fires at once. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

async function run(
  evaluate: EvaluationFunction,
  request: EvaluationRequest,
  timeout: number | undefined,
): Promise<EvaluationResult> {
  if (request.signal?.aborted) return failed("cancelled");
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  const interrupted = new Promise<EvaluationResult>((resolve) => {
    const interrupt = (reason: string): void => {
      // Told before the function hears of it: its own error about being aborted is not the reason.
      resolve(failed(reason));
      controller.abort(new Error(reason));
    };
    onAbort = () => interrupt("cancelled");
    request.signal?.addEventListener("abort", onAbort, { once: true });
    if (timeout !== undefined && timeout * 1000 <= LONGEST_TIMER_MILLISECONDS)
      timer = setTimeout(() => interrupt(`took longer than ${timeout} s`), timeout * 1000);
  });
  try {
    return await Promise.race([interrupted, call(evaluate, request, controller.signal)]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) request.signal?.removeEventListener("abort", onAbort);
  }
}

/** Never rejects. */
async function call(
  evaluate: EvaluationFunction,
  request: EvaluationRequest,
  signal: AbortSignal,
): Promise<EvaluationResult> {
  try {
    return readAnswer(await evaluate(candidateOf(request, signal)));
  } catch (error) {
    return failed(reasonOf(error));
  }
}

function candidateOf(request: EvaluationRequest, signal: AbortSignal): Candidate {
  const { space, architecture, id, trial, seed = 0 } = request;
  return {
    architecture: space.format(architecture),
    parameters: parametersOf(request),
    cost: costOf(request),
    id,
    trial,
    seed,
    signal,
  };
}

/** One line, whatever was thrown. */
function reasonOf(error: unknown): string {
  const text =
    error instanceof Error ? `${error.name === "Error" ? "" : `${error.name}: `}${error.message}` : String(error);
  const line = text.trim().split(/\r?\n/, 1)[0].slice(0, 300);
  return line === "" ? "the function threw an error without a message" : line;
}
