import { AssayError } from "../../errors.js";
import { createNasBench101 } from "../../space/index.js";
import type { Column, Metric } from "../contract.js";
import { createColumn } from "../pack/columns.js";
import type { PackContents } from "../pack/contents.js";
import { createCells, setCell } from "./cells.js";
import { GrowingColumn } from "./growingColumn.js";

/** What is measured in a training of a cell. */
export const trainingMeasures = {
  train_accuracy: { unit: "percent", split: "train", description: "Accuracy on the training images" },
  valid_accuracy: { unit: "percent", split: "validation", description: "Accuracy on the validation images" },
  test_accuracy: { unit: "percent", split: "test", description: "Accuracy on the test images" },
  halfway_valid_accuracy: {
    ...{ unit: "percent", split: "validation" },
    description: "Accuracy on the validation images at the evaluation on the way, which the source calls halfway",
  },
  halfway_test_accuracy: {
    ...{ unit: "percent", split: "test" },
    description: "Accuracy on the test images at the evaluation on the way, which the source calls halfway",
  },
  train_time: { unit: "seconds", description: "Training time" },
  train_energy: { unit: "kilowatt hours", description: "Energy of the training" },
  train_emission: { unit: "grams CO2-equivalent", description: "Emission of the training" },
  total_time: { unit: "seconds", description: "Time of training and evaluation" },
  total_energy: { unit: "kilowatt hours", description: "Energy of training and evaluation" },
} as const satisfies Record<string, { unit: string; split?: string; description: string }>;

export type TrainingMeasure = keyof typeof trainingMeasures;

/** One training of one cell of NAS-Bench-101. */
export interface Training {
  readonly hash: string;
  readonly epochs: number;
  /** From 1; by default the next of this cell and number of epochs. */
  readonly repeat?: number;
  readonly params: number;
  readonly values: Readonly<Partial<Record<TrainingMeasure, number>>>;
}

/** Gathers trainings in any order into the columns of a pack. */
export interface TrainingGatherer {
  readonly cells: number;
  /** Adds a training; `genes` is asked for when its cell is met for the first time. */
  add(training: Training, genes: () => Int32Array): void;
  finish(description: Pick<PackContents["metadata"], "name" | "title" | "source" | "licence" | "notes">): PackContents;
}

/** Reported for the largest number of epochs also for single repeats. */
const repeatedMeasures: readonly TrainingMeasure[] = ["valid_accuracy", "test_accuracy"];

const maximumRepeats = 100;

/**
 * Gathers trainings in the way of NAS-Bench-101: several numbers of epochs, several repeats each. The label is the
 * mean validation accuracy over the repeats of the longest training, the true value its mean test accuracy. Cells are
 * sorted by their hashes.
 */
export function createTrainingGatherer(): TrainingGatherer {
  const rowOfHash = new Map<string, number>();
  const genes: Int32Array[] = [];
  const params: number[] = [];
  const space = createNasBench101();
  const values = new Map<string, GrowingColumn>();
  const counts = new Map<string, GrowingColumn>();
  const repeatsOfEpochs = new Map<number, number>();
  const seen = new Set<TrainingMeasure>();

  const rowOf = (training: Training, cell: () => Int32Array): number => {
    const known = rowOfHash.get(training.hash);
    if (known !== undefined) return known;
    const row = genes.length;
    genes.push(space.canonical(cell()));
    params.push(training.params);
    rowOfHash.set(training.hash, row);
    return row;
  };

  return {
    get cells() {
      return genes.length;
    },
    add(training, cell) {
      const row = rowOf(training, cell);
      const { epochs } = training;
      const count = columnIn(counts, `${epochs}`);
      const before = count.get(row);
      const repeat = training.repeat ?? (Number.isNaN(before) ? 1 : before + 1);
      count.set(row, repeat);
      if (!(repeat >= 1 && repeat <= maximumRepeats)) {
        throw new AssayError("bad-table", `Cell ${training.hash}: repeat ${repeat} of 1 to ${maximumRepeats}.`);
      }
      repeatsOfEpochs.set(epochs, Math.max(repeat, repeatsOfEpochs.get(epochs) ?? 0));
      for (const [measure, value] of Object.entries(training.values) as [TrainingMeasure, number][]) {
        seen.add(measure);
        columnIn(values, `${measure} ${epochs} ${repeat}`).set(row, value);
      }
    },
    finish(description) {
      const hashes = [...rowOfHash.keys()].sort();
      const order = hashes.map((hash) => rowOfHash.get(hash)!);
      const longest = Math.max(...repeatsOfEpochs.keys());
      const columns = new Map<string, Column>(Object.entries(sortedCells(genes, order)));
      const metrics: Metric[] = [];
      const addMetric = (metric: Metric, column: Column): void => {
        columns.set(metric.name, column);
        metrics.push(metric);
      };
      const take = (measure: TrainingMeasure, epochs: number, repeat: number): Float64Array =>
        columnIn(values, `${measure} ${epochs} ${repeat}`).take(order) as Float64Array;
      addMetric({ name: "params", unit: "parameters", description: "Trainable parameters" }, intColumn(params, order));
      const seedLabels: Record<string, string> = {};
      for (const epochs of [...repeatsOfEpochs.keys()].sort((a, b) => b - a)) {
        const repeats = repeatsOfEpochs.get(epochs)!;
        for (const measure of Object.keys(trainingMeasures) as TrainingMeasure[]) {
          if (!seen.has(measure)) continue;
          const all = Array.from({ length: repeats }, (_, i) => take(measure, epochs, i + 1));
          const base = epochs === longest ? measure : `${measure}_epoch${epochs}`;
          addMetric(metricOf(base, measure, epochs, repeats > 1 ? "mean" : "1"), meanOf(all));
          if (epochs !== longest || repeats === 1 || !repeatedMeasures.includes(measure)) continue;
          all.forEach((column, i) => {
            const name = `${measure}_repeat${i + 1}`;
            addMetric(metricOf(name, measure, epochs, `${i + 1}`), column);
            if (measure === "valid_accuracy") seedLabels[i + 1] = name;
          });
        }
      }
      return {
        metadata: {
          ...description,
          space: { name: "nasbench101", options: {} },
          metrics,
          label: "valid_accuracy",
          labelRule: "mean",
          seedLabels,
          test: "test_accuracy",
        },
        columns,
        text: new Map([["module_hash", hashes]]),
      };
    },
  };
}

function metricOf(name: string, measure: TrainingMeasure, epoch: number, seed: string): Metric {
  return { name, ...trainingMeasures[measure], seed, epoch };
}

function sortedCells(genes: readonly Int32Array[], order: readonly number[]): Record<string, Int32Array> {
  const cells = createCells(order.length);
  order.forEach((row, i) => {
    setCell(cells, i, genes[row]);
  });
  return { ...cells };
}

function intColumn(values: readonly number[], order: readonly number[]): Int32Array {
  const column = createColumn("int32", order.length);
  order.forEach((row, i) => {
    column[i] = values[row];
  });
  return column;
}

/** The mean of those that are there, NaN where none is. */
function meanOf(columns: readonly Float64Array[]): Float64Array {
  if (columns.length === 1) return columns[0];
  const mean = createColumn("double", columns[0].length);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    let count = 0;
    for (const column of columns) {
      if (Number.isNaN(column[i])) continue;
      sum += column[i];
      count++;
    }
    mean[i] = count === 0 ? Number.NaN : sum / count;
  }
  return mean;
}

function columnIn(columns: Map<string, GrowingColumn>, key: string): GrowingColumn {
  let column = columns.get(key);
  if (column === undefined) {
    column = new GrowingColumn();
    columns.set(key, column);
  }
  return column;
}
