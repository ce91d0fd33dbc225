import { PickleDictionary, PickleTuple, type PickleValue } from "../pickle/values.js";

/** One training of one architecture as NAS-Bench-201 and NATS-Bench record it. */
export interface TrainingResult {
  /** "cifar10-valid", "cifar10", "cifar100" or "ImageNet16-120". */
  readonly dataset: string;
  readonly seed: string;
  readonly epochs: number;
  /** Millions. */
  readonly params: number;
  /** Millions of multiply-accumulates. */
  readonly flops: number;
  /** Seconds, one for each time it was measured. */
  readonly latencies: readonly number[];
  /** Seconds of all epochs together. */
  readonly trainTime: number;
  /** Percent, one for each epoch. */
  readonly trainAccuracies: readonly number[];
  readonly trainLosses: readonly number[];
  /** Percent by split ("x-valid", "x-test", "ori-test"), one for each epoch, NaN where it was not evaluated. */
  evaluatedAccuracies(split: string): number[];
  evaluatedLosses(split: string): number[];
}

/** All trainings of one architecture with the same number of epochs. */
export interface ArchitectureResults {
  readonly index: number;
  readonly text: string;
  readonly trainings: readonly TrainingResult[];
}

const maximumEpochs = 10_000;

/**
 * Reads the results of one architecture. Throws a plain Error with the reason where they have another form.
 *
 * @param value a dictionary with `arch_index`, `arch_str` and `all_results`
 */
export function readArchitectureResults(value: PickleValue | undefined): ArchitectureResults {
  const results = dictionary(value, "the results of an architecture");
  const all = dictionary(results.get("all_results"), "all_results");
  const trainings: TrainingResult[] = [];
  for (const [key, training] of all.entries()) {
    const [dataset, seed] = key instanceof PickleTuple ? key.items : [];
    if (typeof dataset !== "string" || (typeof seed !== "number" && typeof seed !== "string")) {
      throw new Error("a training is not named by data set and seed");
    }
    trainings.push(readTraining(dataset, String(seed), dictionary(training, "a training")));
  }
  return { index: number(results.get("arch_index"), "arch_index"), text: text(results.get("arch_str")), trainings };
}

function readTraining(dataset: string, seed: string, training: PickleDictionary): TrainingResult {
  const epochs = number(training.get("epochs"), "epochs");
  if (!(Number.isInteger(epochs) && epochs >= 1 && epochs <= maximumEpochs)) throw new Error(`${epochs} epochs`);
  const perEpoch = (name: string): number[] => {
    const values = dictionary(training.get(name), name);
    return Array.from({ length: epochs }, (_, epoch) => number(values.get(epoch) ?? Number.NaN, name));
  };
  const evaluated = (name: string, split: string): number[] => {
    const values = dictionary(training.get(name), name);
    return Array.from({ length: epochs }, (_, epoch) => number(values.get(`${split}@${epoch}`) ?? Number.NaN, name));
  };
  const latency = training.get("latency");
  return {
    dataset,
    seed,
    epochs,
    params: number(training.get("params"), "params"),
    flops: number(training.get("flop"), "flop"),
    latencies: Array.isArray(latency) ? latency.map((item) => number(item, "latency")) : [],
    trainTime: perEpoch("train_times").reduce((sum, seconds) => sum + seconds, 0),
    trainAccuracies: perEpoch("train_acc1es"),
    trainLosses: perEpoch("train_losses"),
    evaluatedAccuracies: (split) => evaluated("eval_acc1es", split),
    evaluatedLosses: (split) => evaluated("eval_losses", split),
  };
}

/** A dictionary, or an Error that says what should have been one. */
export function dictionary(value: PickleValue | undefined, what: string): PickleDictionary {
  if (value instanceof PickleDictionary) return value;
  throw new Error(`${what} should be a dictionary`);
}

function number(value: PickleValue | undefined, what: string): number {
  if (typeof value === "number") return value;
  throw new Error(`${what} should be a number`);
}

function text(value: PickleValue | undefined): string {
  if (typeof value === "string") return value;
  throw new Error("arch_str should be a text");
}
