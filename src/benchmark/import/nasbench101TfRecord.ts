import { basename } from "node:path";
import { AssayError } from "../../errors.js";
import { defineOptions } from "../../options.js";
import { nasBench101Hash } from "../../space/index.js";
import { readProtobuf } from "../archive/protobuf.js";
import { readTfRecords, type TfRecord } from "../archive/tfRecord.js";
import { step } from "../table/converter.js";
import { createTrainingGatherer, type Training, type TrainingMeasure } from "../table/repeatedTrainings.js";
import type { ImportFormat } from "./format.js";

/**
 * NAS-Bench-101's TFRecord files, and those of EC-NAS, which add energy. Each record is a JSON list: module hash, epochs,
 * adjacency, operations, and the measurements of one training as a protobuf message in base64.
 */
export const nasBench101TfRecordFormat: ImportFormat = {
  name: "nasbench101-tfrecord",
  description: "NAS-Bench-101 or EC-NAS as published: a TFRecord file; checksums and module hashes are checked",
  expects: "a file such as nasbench_full.tfrecord or energy_4V9E.tfrecord",
  options: defineOptions({}),
  async read(path, _options, context) {
    const trainings = createTrainingGatherer();
    let energy = false;
    for (const record of readTfRecords(path)) {
      if (record.number % 4096 === 0) await step(context, `reading ${basename(path)}`, record.fraction);
      try {
        const { training, genes } = readRecord(record);
        energy ||= training.values.train_energy !== undefined;
        trainings.add(training, () => checkedGenes(genes, training.hash));
      } catch (cause) {
        const reason = (cause as Error).message.replace(/\.$/, "");
        throw new AssayError("bad-archive", `${path}, record ${record.number}: ${reason}.`, undefined, { cause });
      }
    }
    if (trainings.cells === 0) throw new AssayError("bad-archive", `${path} holds no records.`);
    const stem = basename(path).replace(/\.[^.]*$/, "");
    return trainings.finish({
      name: `imported/${stem.replace(/[^A-Za-z0-9_.-]/g, "_").replace(/^\.+/, "")}`,
      title: `${energy ? "EC-NAS" : "NAS-Bench-101"}, ${stem}`,
      source: energy ? "EC-NAS (PedramBakh/EC-NAS-Bench)" : "NAS-Bench-101 (google-research/nasbench)",
      licence: energy ? "MIT" : "Apache-2.0",
      notes: ["Labels are validation accuracies: the mean over the repeats of the longest training."],
    });
  },
};

function readRecord({ bytes }: TfRecord): { training: Training; genes: Int32Array } {
  const row: unknown = JSON.parse(bytes.toString("utf8"));
  if (!Array.isArray(row) || row.length !== 5) throw new Error("a list of five parts was expected");
  const [hash, epochs, adjacency, operations, metrics] = row as unknown[];
  if (typeof hash !== "string" || !/^[0-9a-f]{32}$/.test(hash)) throw new Error("its module hash is malformed");
  if (!Number.isInteger(epochs)) throw new Error("its number of epochs is malformed");
  if (typeof adjacency !== "string" || typeof operations !== "string" || typeof metrics !== "string") {
    throw new Error("its cell or measurements are malformed");
  }
  return {
    training: { hash, epochs: epochs as number, ...readMetrics(Buffer.from(metrics, "base64")) },
    genes: genesOf(adjacency, operations.split(",")),
  };
}

const operationNames = ["conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3"];

/** The genes of a cell: see the space nasbench101. */
function genesOf(adjacency: string, operations: readonly string[]): Int32Array {
  const vertices = operations.length;
  if (vertices < 2 || vertices > 7 || !/^[01]*$/.test(adjacency) || adjacency.length !== vertices * vertices) {
    throw new Error(`its adjacency of ${adjacency.length} characters does not fit its ${vertices} operations`);
  }
  let bits = 0;
  let bit = 0;
  for (let from = 0; from < vertices; from++) {
    for (let to = 0; to < vertices; to++) {
      const edge = adjacency[from * vertices + to] === "1";
      if (edge && to <= from) throw new Error("its adjacency is not upper triangular");
      if (to > from) bits |= (edge ? 1 : 0) << bit++;
    }
  }
  let digits = 0;
  for (let vertex = vertices - 2; vertex >= 1; vertex--) {
    const digit = operationNames.indexOf(operations[vertex]);
    if (digit < 0) throw new Error(`the operation "${operations[vertex]}" is not known`);
    digits = digits * 3 + digit;
  }
  return Int32Array.of(vertices, bits, digits);
}

function checkedGenes(genes: Int32Array, hash: string): Int32Array {
  const own = nasBench101Hash(genes);
  if (own !== hash) throw new Error(`its cell has the module hash ${own}, not ${hash}`);
  return genes;
}

type Fields = Readonly<Record<number, readonly [TrainingMeasure, factor: number]>>;

/** Numbers of `EvaluationData` at the end of a training; EC-NAS adds the last two. */
const finalFields: Fields = {
  2: ["train_time", 1],
  3: ["train_accuracy", 100],
  4: ["valid_accuracy", 100],
  5: ["test_accuracy", 100],
  6: ["train_energy", 1],
  7: ["train_emission", 1],
};
const halfwayFields: Fields = { 4: ["halfway_valid_accuracy", 100], 5: ["halfway_test_accuracy", 100] };
/** Numbers of `ModelMetrics` itself; EC-NAS adds the last. */
const totalFields: Fields = { 3: ["total_time", 1], 4: ["total_energy", 1] };

/** `ModelMetrics`: evaluations (1: at the start, halfway, at the end), parameters (2), totals. */
function readMetrics(message: Uint8Array): Pick<Training, "params" | "values"> {
  const evaluations: Map<number, number>[] = [];
  for (const { number, value } of readProtobuf(message)) {
    if (number === 1 && typeof value !== "number") evaluations.push(numbersOf(value));
  }
  const own = numbersOf(message);
  const last = evaluations.at(-1);
  const params = own.get(2);
  if (last === undefined || params === undefined) throw new Error("its measurements lack evaluations or parameters");
  const halfway = evaluations.length > 2 ? evaluations.at(-2)! : new Map<number, number>();
  return {
    params,
    values: { ...measured(last, finalFields), ...measured(halfway, halfwayFields), ...measured(own, totalFields) },
  };
}

function measured(numbers: ReadonlyMap<number, number>, fields: Fields): Partial<Record<TrainingMeasure, number>> {
  const values: Partial<Record<TrainingMeasure, number>> = {};
  for (const [field, [measure, factor]] of Object.entries(fields)) {
    const value = numbers.get(Number(field));
    if (value !== undefined) values[measure] = factor * value;
  }
  return values;
}

function numbersOf(message: Uint8Array): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const { number, value } of readProtobuf(message)) if (typeof value === "number") numbers.set(number, value);
  return numbers;
}
