import { z } from "zod";
import { AssayError } from "../../errors.js";
import { createMatrix } from "../../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../../options.js";
import { createGenerator } from "../../random/index.js";
import type { Catalogue } from "../../space/catalogue.js";
import type { EstimationSource } from "../../strategy/contract.js";
import type { EvaluationResult } from "../contract.js";
import { endingAtClose } from "../protocol/endingAtClose.js";
import { type CommandEvaluatorOptions, readCommandOptions } from "./commandOptions.js";
import { runTrial } from "./runTrial.js";
import { createSlots } from "./slots.js";

/** Options of the code `losses` of searches with a command. */
export const commandEstimationOptions = defineOptions({
  epochs: z.int().min(1).max(1000).default(3).describe("Epochs of the short training, and numbers of the code"),
  share: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .describe("What a code costs, as a share of a full training; only you can know"),
  series: z
    .string()
    .default("")
    .describe(
      "Which number of each epoch; empty: the first of train_loss, loss, training_loss, val_loss, validation_loss",
    ),
});

const USUAL_SERIES = ["train_loss", "loss", "training_loss", "val_loss", "validation_loss"];
/** Where so many codes from the first on have all failed, the command is broken. */
const HOPELESS_AFTER = 5;

/** Options of `createCommandEstimation`. */
export interface CommandEstimationOptions extends CommandEvaluatorOptions {
  readonly catalogue: Catalogue;
  /** Seed of the search. */
  readonly seed: number | string;
  /** `epochs`, `share` and `series`; defaults where absent. */
  readonly code?: OptionValues;
  /** How many codes are trained at the same time. Default 1. */
  readonly parallel?: number;
  readonly signal?: AbortSignal;
}

/**
 * Estimation codes from the first epochs of a command: one number (such as the training loss, nats) for each. The task tells the
 * process how many `epochs` are wanted, and it is ended when it has reported them. A code depends on the seed and the architecture,
 * not on when it is asked for, where the script takes all its randomness from the seed of the task. It is a row of NaN where the
 * process failed before that.
 *
 * `of` rejects with AssayError where the first five codes all fail, and where the search was stopped.
 *
 * @example
 * const estimation = createCommandEstimation({ command: ["python3", "train.py"], catalogue, seed: 1, code: { epochs: 3, share: 0.1 } });
 * const codes = await estimation.of([17, 4]); // 2 rows, 3 columns
 */
export function createCommandEstimation(options: CommandEstimationOptions): EstimationSource {
  const { catalogue, seed, code = {}, parallel = 1, signal } = options;
  const settings = readCommandOptions(options);
  const { epochs, share, series } = readOptions("losses", commandEstimationOptions, code);
  const seeds = createGenerator(seed).split("estimation");
  const slots = createSlots();
  const evaluator = endingAtClose(settings.name, (request) =>
    slots.hold((slot) =>
      runTrial(settings, request, { slot, epochs, logName: `code-${String(request.id).padStart(5, "0")}` }),
    ),
  );
  let failures = 0;
  let hasSucceeded = false;

  async function codeOf(id: number): Promise<readonly number[]> {
    const { space } = catalogue;
    const architecture = catalogue.at(id);
    const result = await evaluator.evaluate({
      space,
      architecture,
      id,
      trial: 0,
      seed: seeds.split(space.format(architecture)).integer(2 ** 31),
      onEpoch: ({ epoch }) => (epoch >= epochs ? "stop" : "continue"),
      ...(signal === undefined ? {} : { signal }),
    });
    if (signal?.aborted) throw new AssayError("stopped", "The search was stopped.");
    const numbers = readCode(result, series, epochs);
    if (Array.isArray(numbers)) hasSucceeded = true;
    else failures++;
    if (!hasSucceeded && failures >= HOPELESS_AFTER) {
      throw new AssayError(
        "estimation-failed",
        `The first ${failures} estimation codes all failed; the last with: ${numbers}`,
        "Mend the script, or search without codes: --estimation-code none.",
      );
    }
    return Array.isArray(numbers) ? numbers : new Array<number>(epochs).fill(Number.NaN);
  }

  return {
    name: "losses",
    length: epochs,
    cost: share,
    async of(architectures) {
      const ids = Array.from(architectures);
      const matrix = createMatrix(ids.length, epochs);
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < ids.length) {
          const row = next++;
          matrix.data.set(await codeOf(ids[row]), row * epochs);
        }
      };
      try {
        await Promise.all(Array.from({ length: Math.min(parallel, ids.length) }, lane));
      } catch (error) {
        next = ids.length;
        await evaluator.close?.();
        throw error;
      }
      return matrix;
    },
  };
}

/** The numbers of the code, or why there are none. */
function readCode(
  { curves = {}, failure, isFinal }: EvaluationResult,
  series: string,
  epochs: number,
): number[] | string {
  // Not final: the process itself failed. Otherwise it ended well, or when it had reported what was wanted.
  const isProcessFailure = failure !== undefined && isFinal !== true;
  const name = series === "" ? USUAL_SERIES.find((usual) => Object.hasOwn(curves, usual)) : series;
  const names = Object.keys(curves);
  if (name !== undefined && Object.hasOwn(curves, name)) {
    const numbers = curves[name].slice(0, epochs);
    if (numbers.length === epochs && numbers.every(Number.isFinite)) return numbers;
    if (!isProcessFailure) return `${name} must be a number in each of ${epochs} epochs, got ${numbers.join(", ")}`;
  }
  if (isProcessFailure) return failure;
  const reported = names.length === 0 ? "no epochs were reported" : `the epochs report ${names.join(", ")}`;
  return `${reported}; expected ${series === "" ? "train_loss or loss (or name one: losses:series=NAME)" : series}`;
}
