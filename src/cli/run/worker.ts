import { join } from "node:path";
import { AssayError } from "../../errors.js";
import { createCommandEvaluator } from "../../evaluator/command/commandEvaluator.js";
import { loadModuleEvaluator } from "../../evaluator/module.js";
import type { TaskFunction } from "../../evaluator/queue/contract.js";
import { taskFunctionOf } from "../../evaluator/queue/taskRequest.js";
import { createQueueWorker, type FinishedTask } from "../../evaluator/queue/worker.js";
import { takeQueueUrl } from "../queueUrl.js";
import { exitCodes, note, print, type Session } from "../session.js";
import { formatMeasured, formatSeconds } from "../text/numbers.js";
import { makeLogFolder } from "./logFolder.js";

/** Options of `assay worker`, as the command line gives them. */
export interface WorkerCommandOptions {
  readonly queue?: string;
  readonly name: string;
  readonly command?: readonly string[];
  readonly evaluate?: string;
  readonly concurrency: number;
  /** Seconds. */
  readonly timeout?: number;
  /** Seconds. */
  readonly lock: number;
  readonly logFolder?: string;
  readonly json?: boolean;
}

export async function runWorker(session: Session, options: WorkerCommandOptions): Promise<void> {
  const { name, concurrency, timeout, lock, json = false } = options;
  const url = takeQueueUrl(options.queue);
  const evaluate = await evaluation(options);
  let finished = 0;
  const worker = await createQueueWorker(evaluate, {
    url,
    queue: name,
    concurrency,
    timeout,
    lock,
    onMessage: (line) => note(session, line),
    onFinished(task) {
      finished++;
      print(session, json ? jsonLine(task) : textLine(task));
    },
  });
  const atTheSameTime = concurrency === 1 ? "one trial at a time" : `${concurrency} trials at the same time`;
  note(session, `worker ${worker.name} takes ${atTheSameTime} from the queue ${name} at ${worker.shown}`);
  session.signal.addEventListener("abort", () => {
    const { running } = worker;
    if (running > 0) note(session, `finishing ${trials(running)}; again to give ${running === 1 ? "it" : "them"} back`);
  });
  await worker.run(session.signal, session.atOnce);
  note(session, `worker ${worker.name} finished ${trials(finished)}`);
  if (session.signal.aborted) session.exitCode = exitCodes.interrupted;
}

async function evaluation({ command, evaluate, logFolder }: WorkerCommandOptions): Promise<TaskFunction> {
  if ((command === undefined) === (evaluate === undefined))
    throw new AssayError(
      "bad-options",
      command === undefined ? "A worker needs something that evaluates." : "Give --command or --evaluate, not both.",
      "Write --command python3 train.py, or --evaluate objective.mjs.",
    );
  if (logFolder !== undefined && command === undefined)
    throw new AssayError("bad-options", "--log-folder belongs to --command: nothing else has logs.", "Leave it out.");
  if (command !== undefined) {
    // Now, not with the first trial: a command that does not exist is a mistake of this command line.
    createCommandEvaluator({ command });
    return taskFunctionOf((study) => {
      const name = encodeURIComponent(study);
      const folder = makeLogFolder(logFolder === undefined ? undefined : join(logFolder, name), name);
      return createCommandEvaluator({ command, study, logFolder: folder });
    });
  }
  const evaluator = await loadModuleEvaluator(evaluate!);
  return taskFunctionOf(() => evaluator);
}

function trials(count: number): string {
  return count === 1 ? "1 trial" : `${count.toLocaleString("en")} trials`;
}

function textLine({ task: { study, trial, attempt }, result: { label, failure }, seconds }: FinishedTask): string {
  const which = `trial ${trial}${attempt > 0 ? ` (attempt ${attempt + 1})` : ""} of ${study}`;
  return `${which}  ${failure === undefined ? formatMeasured(label) : `failed: ${failure}`}  ${formatSeconds(seconds)}`;
}

/** Never the address of the queue. */
function jsonLine({ task, result, seconds }: FinishedTask): string {
  const { study, trial, attempt, seed, architecture } = task;
  return JSON.stringify({
    schema: 1,
    kind: "finished-trial",
    study,
    trial,
    attempt,
    seed,
    architecture,
    ...result,
    seconds,
  });
}
