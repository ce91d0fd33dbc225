import type { WorkerPool } from "../../kernels/pool.js";
import type { OptionValues } from "../../options.js";
import { createGenerator } from "../../random/index.js";
import { parseSpec, type Spec } from "../../spec.js";
import { failed } from "../answer.js";
import type { EvaluationRequest, EvaluationResult, Evaluator } from "../contract.js";
import { type TrainingInput, type TrainingOutcome, trainingTask } from "./contract.js";
import { requireTrainable } from "./trainable.js";
import { trainedForm } from "./trainedForm.js";

/** Options of `createTrainerEvaluator`. */
export interface TrainerEvaluatorOptions {
  /** Threads that train, one architecture each; its tasks must hold `train-architecture`, as those of `openThreads` do. */
  readonly pool: WorkerPool;
  /** Spec of the data set, such as "hard-digits". */
  readonly dataset: string;
  /** Options of the trainer; its defaults where absent. */
  readonly settings?: OptionValues;
  /** Spec of the search space, where it has options; default: the name of the space that is searched. */
  readonly space?: string | Spec;
  /** Seed of the search. The seed of each training follows from it and the architecture, whenever and wherever it runs. */
  readonly seed: number | string;
}

/**
 * Trains each architecture with the built-in trainer, on the threads of a pool. The label is the validation accuracy
 * (percent); metrics are `test` (percent), `flops` (MAC) and `params` of the network that was trained, `seconds`, and the
 * zero-cost proxies that the settings ask for; curves are `loss` (nats) and `trainingAccuracy` (percent) of each epoch.
 * Architectures that compute the same function are one network with one seed: one of them is trained, as for a table. A training that
 * diverges is a failed evaluation. Nobody waits for a training that was cancelled; it ends with the pool at the latest.
 *
 * An evaluation throws AssayError where the trainer cannot build networks of the space or does not know the settings.
 *
 * @example
 * const evaluator = createTrainerEvaluator({ pool: openThreads(2), dataset: "hard-digits", settings: { epochs: 10 }, seed: 1 });
 */
export function createTrainerEvaluator(options: TrainerEvaluatorOptions): Evaluator {
  const { pool, dataset, settings = {} } = options;
  const given = typeof options.space === "string" ? parseSpec(options.space) : options.space;
  const trainings = createGenerator(options.seed).split("training");
  return {
    name: "trainer",
    async evaluate(request) {
      if (request.signal?.aborted) return failed("cancelled");
      const { space } = request;
      requireTrainable(space.name);
      const architecture = trainedForm(space, request.architecture);
      const training = pool.run<TrainingInput, TrainingOutcome>(trainingTask, {
        space: given ?? { name: space.name, options: {} },
        architecture,
        dataset,
        settings,
        seed: trainings.seedOf(space.format(architecture)),
      });
      return resultOf(training, request.signal);
    },
  };
}

async function resultOf(
  training: Promise<TrainingOutcome>,
  signal: EvaluationRequest["signal"],
): Promise<EvaluationResult> {
  let stop: (() => void) | undefined;
  const cancelled = new Promise<"cancelled">((resolve) => {
    stop = () => resolve("cancelled");
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    const outcome = await Promise.race([cancelled, training]);
    return outcome === "cancelled" ? cancel(training) : read(outcome);
  } catch (error) {
    // Whoever stops a search may close its threads before this hears of it.
    if (signal?.aborted) return failed("cancelled");
    throw error;
  } finally {
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
  }
}

/** What becomes of a training that nobody waits for is of no interest, an error of a closed pool neither. */
function cancel(training: Promise<TrainingOutcome>): EvaluationResult {
  training.catch(() => {});
  return failed("cancelled");
}

function read(outcome: TrainingOutcome): EvaluationResult {
  const { validation, test, flops, params, seconds, proxies, losses, trainingAccuracies, failure } = outcome;
  const diverged = failure !== undefined || !Number.isFinite(validation);
  return {
    label: diverged ? Number.NaN : validation,
    metrics: { ...(Number.isFinite(test) ? { test } : {}), flops, params, seconds, ...proxies },
    curves: { loss: losses, trainingAccuracy: trainingAccuracies },
    ...(diverged ? { failure: failure ?? `the validation accuracy is ${validation}` } : {}),
  };
}
