import { createNasBench201 } from "../../space/index.js";
import type { Column, Metric } from "../contract.js";
import { createColumn } from "../pack/columns.js";
import type { PackContents } from "../pack/contents.js";
import { GrowingColumn } from "../table/growingColumn.js";
import type { NasBench201Dataset } from "../table/nasbench201Columns.js";
import type { ArchitectureResults, TrainingResult } from "./trainingResult.js";

/** Where the numbers of a data set stand in the published records. */
interface Sources {
  /** The training that gives the validation accuracy. */
  readonly labelTraining: string;
  /** The training and split that give the test accuracy. */
  readonly testTraining: string;
  readonly testSplit: string;
  /** Splits that were evaluated after every epoch, by training. */
  readonly curves: readonly (readonly [training: string, split: string, name: string])[];
}

const sources: Readonly<Record<NasBench201Dataset, Sources>> = {
  cifar10: {
    labelTraining: "cifar10-valid",
    testTraining: "cifar10",
    testSplit: "ori-test",
    curves: [
      ["cifar10-valid", "x-valid", "valid"],
      ["cifar10", "ori-test", "test"],
    ],
  },
  cifar100: {
    ...{ labelTraining: "cifar100", testTraining: "cifar100", testSplit: "x-test" },
    curves: [["cifar100", "ori-test", "validtest"]],
  },
  "imagenet16-120": {
    ...{ labelTraining: "ImageNet16-120", testTraining: "ImageNet16-120", testSplit: "x-test" },
    curves: [["ImageNet16-120", "ori-test", "validtest"]],
  },
};

const splitWords: Readonly<Record<string, string>> = {
  ...{ valid: "validation", test: "test", validtest: "validation and test", train: "train" },
};

/** Gathers the records of single architectures into the columns of a pack. */
export interface ResultGatherer {
  readonly architectures: number;
  /**
   * Adds the trainings of one architecture. Throws a plain Error where the architecture is not one of the space, or not
   * the one of its index.
   */
  add(results: ArchitectureResults): void;
  finish(description: Pick<PackContents["metadata"], "name" | "title" | "source" | "licence">): PackContents;
}

interface GatheredColumn {
  readonly metric: Metric;
  readonly values: GrowingColumn;
}

/** Accuracies in the records carry float noise around 1e-8, which would split ties. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/**
 * Gathers records of NAS-Bench-201 and NATS-Bench for one data set. Any part of the space may be given.
 *
 * @param curves whether accuracies and losses after every epoch are kept, which are thousands of columns
 */
export function createResultGatherer(dataset: NasBench201Dataset, curves: boolean): ResultGatherer {
  const space = createNasBench201({ dataset });
  const { labelTraining, testTraining, testSplit, curves: curveSources } = sources[dataset];
  const rowOfIndex = new Map<number, number>();
  const texts: string[] = [];
  const columns = new Map<string, GatheredColumn>();
  const set = (row: number, metric: Metric, value: number, type: "float" | "double" = "double"): void => {
    let column = columns.get(metric.name);
    if (column === undefined) {
      column = { metric, values: new GrowingColumn(type) };
      columns.set(metric.name, column);
    }
    column.values.set(row, value);
  };
  const rowOf = ({ index, text }: ArchitectureResults): number => {
    const found = space.enumeration!.indexOf(space.parse(text));
    if (found !== index) throw new Error(`architecture ${index} should be number ${found} by its text "${text}"`);
    const known = rowOfIndex.get(index);
    if (known !== undefined) return known;
    rowOfIndex.set(index, texts.length);
    texts.push(text);
    return texts.length - 1;
  };

  const addAccuracies = (row: number, trainings: readonly TrainingResult[], long: boolean): void => {
    const final = (which: "valid" | "test", training: string, split: string): void => {
      const found = trainings.filter((candidate) => candidate.dataset === training);
      if (found.length === 0) return;
      const { epochs } = found[0];
      const name = long ? `${which}_accuracy` : `${which}_accuracy_epoch${epochs}`;
      const common = { unit: "percent", split: splitWords[which], epoch: epochs };
      const description = `Accuracy on ${split} of the training "${training}"`;
      const values = found.map((candidate) => rounded(candidate.evaluatedAccuracies(split).at(-1) ?? Number.NaN));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      set(row, { ...common, name, seed: "mean", description: `${description}, mean over seeds` }, rounded(mean));
      found.forEach(({ seed }, i) => {
        set(row, { ...common, name: `${name}_seed${seed}`, seed, description: `${description}, one seed` }, values[i]);
      });
    };
    final("valid", labelTraining, "x-valid");
    final("test", testTraining, testSplit);
  };

  const addCosts = (row: number, trainings: readonly TrainingResult[], long: boolean): void => {
    const found = trainings.filter((training) => training.dataset === labelTraining);
    if (found.length === 0) return;
    const { epochs, params, flops } = found[0];
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const time = {
      unit: "seconds",
      seed: "mean",
      epoch: epochs,
      description: "Time of the training that gives the label",
    };
    const trainTime = mean(found.map((training) => training.trainTime));
    set(row, { ...time, name: long ? "train_time" : `train_time_epoch${epochs}` }, trainTime);
    if (!long) return;
    set(
      row,
      { name: "flops", unit: "MAC", description: "Multiply-accumulates of the network" },
      Math.round(flops * 1e6),
    );
    set(row, { name: "params", unit: "parameters", description: "Trainable parameters" }, Math.round(params * 1e6));
    const latencies = found.flatMap((training) => training.latencies);
    const latency = { name: "latency", unit: "milliseconds", description: "Inference latency in the record" };
    if (latencies.length > 0) set(row, latency, 1000 * mean(latencies));
  };

  const addCurves = (row: number, trainings: readonly TrainingResult[]): void => {
    for (const training of trainings) {
      for (const [trained, split, which] of curveSources) {
        if (trained !== training.dataset) continue;
        const own = trained === labelTraining ? "" : "all_images_";
        addCurve(row, training, `${own}train_accuracy`, "train", training.trainAccuracies);
        addCurve(row, training, `${own}train_loss`, "train", training.trainLosses);
        addCurve(row, training, `${which}_accuracy`, which, training.evaluatedAccuracies(split));
        addCurve(row, training, `${which}_loss`, which, training.evaluatedLosses(split));
      }
    }
  };

  const addCurve = (
    row: number,
    { dataset: trained, seed, epochs }: TrainingResult,
    name: string,
    split: string,
    values: readonly number[],
  ): void => {
    const unit = name.endsWith("loss") ? "nats" : "percent";
    const length = epochs === longestEpochs ? "" : `_of${epochs}`;
    values.forEach((value, i) => {
      const epoch = i + 1;
      const description = `${name} after epoch ${epoch} of ${epochs} of the training "${trained}"`;
      const column = `${name}${length}_seed${seed}_epoch${epoch}`;
      set(row, { name: column, unit, split: splitWords[split], seed, epoch, description }, value, "float");
    });
  };

  return {
    get architectures() {
      return texts.length;
    },
    add(results) {
      const row = rowOf(results);
      const epochs = new Set(results.trainings.map((training) => training.epochs));
      for (const count of epochs) {
        const trainings = results.trainings.filter((training) => training.epochs === count);
        addAccuracies(row, trainings, count === longestEpochs);
        addCosts(row, trainings, count === longestEpochs);
        if (curves) addCurves(row, trainings);
      }
    },
    finish(description) {
      const indexes = [...rowOfIndex.keys()].sort((a, b) => a - b);
      const order = indexes.map((index) => rowOfIndex.get(index)!);
      const complete = BigInt(indexes.length) === space.size;
      const archIndex = createColumn("int32", indexes.length);
      archIndex.set(indexes);
      const metrics = [...columns.values()].map(({ metric }) => metric);
      const packColumns = new Map<string, Column>([["arch_index", archIndex]]);
      for (const [name, { values }] of columns) packColumns.set(name, values.take(order));
      const seedLabels = metrics
        .filter(({ name, seed }) => seed !== undefined && name === `valid_accuracy_seed${seed}`)
        .map(({ name, seed }) => [seed!, name] as const)
        .sort();
      return {
        metadata: {
          ...description,
          space: { name: "nasbench201", options: { dataset } },
          metrics,
          label: "valid_accuracy",
          labelRule: "mean",
          seedLabels: Object.fromEntries(seedLabels),
          test: "test_accuracy",
          notes: notesOf(indexes.length, Number(space.size)),
          ...(complete ? {} : { rowIndex: "arch_index" }),
        },
        columns: packColumns,
        text: new Map([["architecture", order.map((row) => texts[row])]]),
      };
    },
  };
}

/** The full training of the benchmark; shorter ones are kept under names with their number of epochs. */
const longestEpochs = 200;

function notesOf(found: number, size: number): string[] {
  const notes = ["Accuracies are rounded to 6 decimals, because the records carry float noise that would split ties."];
  if (found < size) notes.push(`Holds ${found} of ${size} architectures; the others have no label.`);
  return notes;
}
