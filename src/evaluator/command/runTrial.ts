import { join } from "node:path";
import { failed, readAnswer } from "../answer.js";
import type { EvaluationRequest, EvaluationResult } from "../contract.js";
import { createEpochCurves } from "../protocol/epochCurves.js";
import { readLooseObject } from "../protocol/looseJson.js";
import { readMessage } from "../protocol/message.js";
import { writeTask } from "../task.js";
import type { CommandSettings } from "./commandOptions.js";
import { describeEnd, describeSilence } from "./describeEnd.js";
import { createLineReader } from "./lines.js";
import { type RunningProcess, startProcess } from "./runProcess.js";
import { createTail } from "./tail.js";
import { withTaskFile } from "./taskFile.js";
import { openTrialLog } from "./trialLog.js";

/** What is asked of the command beyond a request. */
export interface TrialOptions {
  /** No more than these first epochs are wanted. */
  readonly epochs?: number;
  /** A number that no other process has at the same time. */
  readonly slot: number;
  /** File name of the log, without its suffix. */
  readonly logName: string;
}

/** Bytes of the error output among which the reason of a failure is looked for. */
const ERROR_BYTES = 16_384;

/** Runs the command once. Whatever goes wrong is a failed result with a reason; never rejects. */
export async function runTrial(
  settings: CommandSettings,
  request: EvaluationRequest,
  options: TrialOptions,
): Promise<EvaluationResult> {
  if (request.signal?.aborted) return failed("cancelled");
  const task = writeTask(request, settings.study);
  const text = JSON.stringify(options.epochs === undefined ? task : { ...task, epochs: options.epochs });
  try {
    return await withTaskFile(text, (path) => runOnce(settings, request, options, text, path));
  } catch (error) {
    return failed(`cannot hand over the task: ${(error as Error).message}`.split("\n", 1)[0]);
  }
}

async function runOnce(
  settings: CommandSettings,
  request: EvaluationRequest,
  { logName, slot, epochs }: TrialOptions,
  input: string,
  path: string,
): Promise<EvaluationResult> {
  const { name, command, folder, environment, timeout, grace, logFolder, logLimit } = settings;
  const { trial, seed = 0, signal, onEpoch } = request;
  const collected = createEpochCurves();
  const errors = createTail(ERROR_BYTES);
  const log =
    logFolder === undefined ? undefined : openTrialLog(join(logFolder, `${logName}.log`), logLimit, [name, input]);
  let answer: Readonly<Record<string, unknown>> | undefined;
  let stoppedAfter: number | undefined;

  const lines = createLineReader((line) => {
    const object = readLooseObject(line);
    const message = object && readMessage(object);
    if (message === undefined || stoppedAfter !== undefined) return;
    if (message.kind === "mistake") running.stop(message.reason);
    else if (message.kind === "answer") answer = message.answer;
    else {
      collected.add(message);
      if (tell(message) !== "stop") return;
      stoppedAfter = message.epoch;
      running.stop(`stopped after epoch ${message.epoch} as not worth its time`);
    }
  });

  function tell(report: Parameters<NonNullable<typeof onEpoch>>[0]): "continue" | "stop" | undefined {
    try {
      return onEpoch?.({ epoch: report.epoch, values: report.values });
    } catch (error) {
      // The listener is ours, not the script's: the training ends, since nobody hears it any more.
      running.stop(`its epochs could not be taken: ${(error as Error).message.split("\n", 1)[0]}`);
      return undefined;
    }
  }

  const running: RunningProcess = startProcess({
    command,
    folder,
    environment: {
      ...environment,
      ASSAY_TASK: path,
      ASSAY_TRIAL: String(trial),
      ASSAY_SEED: String(seed),
      ASSAY_SLOT: String(slot),
    },
    input,
    timeout,
    grace,
    signal,
    onOutput: (chunk, from) => {
      log?.add(chunk);
      if (from === "output") lines.read(chunk);
      else errors.add(chunk);
    },
  });
  const end = await running.ended;
  lines.end();

  const known = {
    program: command[0],
    end,
    errors: Buffer.from(errors.bytes()).toString("utf8"),
    epochs: collected.epochs,
  };
  const failure = end.stopped ?? describeEnd(known);
  const result =
    failure === undefined && answer !== undefined ? readAnswer(answer) : failed(failure ?? describeSilence(known));
  // Who wants some epochs alone asks for no answer.
  const isCode = epochs !== undefined && failure === undefined;
  log?.close(result.failure ?? `done: ${result.label}`);
  const curves = collected.curves();
  return {
    ...result,
    ...(curves === undefined ? {} : { curves }),
    ...(isCode || end.isLate === true || (stoppedAfter !== undefined && end.stopped !== undefined)
      ? { isFinal: true }
      : {}),
    ...(log === undefined ? {} : { log: log.path }),
  };
}
