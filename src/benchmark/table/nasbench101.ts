import type { Column, Metric } from "../contract.js";
import { createColumn } from "../pack/columns.js";
import type { PackContents } from "../pack/contents.js";
import { readCells } from "./cells.js";
import { type PlannedColumn, plan } from "./columnPlan.js";
import { step, type TableConverter } from "./converter.js";
import { type FieldType, readTable, type Table } from "./csv.js";

const main = "nasbench101/nb101_main.csv";
const validation = "nasbench101/nb101_subset_valacc.csv";
const suiteZero = "nasbench101/nb101_zerocost_suitezero_500.csv";

const title = "NAS-Bench-101";

const notes: readonly string[] = [
  "The default label is the mean test accuracy plus normal noise of standard deviation 0.14, not a validation accuracy: validation accuracies are known for 30,001 of the 423,624 cells only.",
  "Single trainings, training times and the values after 4, 12 and 36 epochs are known for those 30,001 cells only.",
];

const testAccuracy: Metric = {
  ...{ name: "test_accuracy", unit: "percent", split: "test", seed: "mean", epoch: 108 },
  description: "Accuracy on the CIFAR-10 test images, mean of 3 trainings",
};
const params: Metric = { name: "params", unit: "parameters", description: "Trainable parameters" };

const validationColumns: readonly PlannedColumn[] = [
  ...[4, 12, 36, 108].map((epoch) =>
    plan(`val_acc_${epoch}ep_run_pct`, {
      ...{ name: epoch === 108 ? "valid_accuracy" : `valid_accuracy_epoch${epoch}`, unit: "percent" },
      ...{ split: "validation", seed: "one run", epoch },
      description: "Accuracy on the validation images, one training; only 30,001 cells, missing elsewhere",
    }),
  ),
  plan("train_time_108ep_s", {
    ...{ name: "train_time", unit: "seconds", seed: "one run", epoch: 108 },
    description: "Training time, one training; only 30,001 cells, missing elsewhere",
  }),
];

const suiteZeroColumns: readonly PlannedColumn[] = [
  ...["snip", "jacov", "grad_norm", "plain", "epe_nas", "fisher", "grasp", "l2_norm", "synflow"].map((proxy) =>
    plan(
      proxy,
      {
        ...{ name: `suitezero_${proxy}`, unit: "score" },
        description: `Zero-cost proxy ${proxy} (NAS-Bench-Suite-Zero; 500 cells, missing elsewhere)`,
      },
      "float",
    ),
  ),
];

/** Makes the pack of all 423,624 cells of NAS-Bench-101. */
export const nasBench101Converter: TableConverter = {
  name: "nasbench101",
  title,
  notes,
  version: 1,
  required: [main],
  optional: [validation, suiteZero],
  async convert(paths, context) {
    await step(context, `reading ${main}`, 0);
    const fields: [string, FieldType][] = [
      ["module_hash", "text"],
      ["n_nodes", "int32"],
      ["adj_upper", "text"],
      ["ops", "text"],
      ["test_acc_108ep_mean_pct", "double"],
      ["params", "int32"],
    ];
    const table = readTable(paths.get(main)!, new Map(fields));
    const hashes = table.text("module_hash");
    checkHashes(table, hashes);
    await step(context, "bringing the cells into canonical form", 0.4);
    const cells = readCells(table);
    const columns = new Map<string, Column>(Object.entries(cells));
    columns.set(testAccuracy.name, table.numbers("test_acc_108ep_mean_pct"));
    columns.set(params.name, table.numbers("params"));
    const metrics = [testAccuracy, params];
    await step(context, "joining validation accuracies and zero-cost proxies", 0.7);
    for (const [relative, planned] of [
      [validation, validationColumns],
      [suiteZero, suiteZeroColumns],
    ] as const) {
      const path = paths.get(relative);
      if (path === undefined) continue;
      for (const [name, column] of joinByHash(path, planned, hashes)) columns.set(name, column);
      metrics.push(...planned.map(({ metric }) => metric));
    }
    await step(context, "writing the pack", 0.9);
    return { metadata: metadataOf(metrics), columns, text: new Map([["module_hash", hashes]]) };
  },
};

/** The rows must be in the order of the hashes, which makes joining and looking up a cell by its hash quick. */
function checkHashes(table: Table, hashes: readonly string[]): void {
  for (let row = 0; row < hashes.length; row++) {
    if (!/^[0-9a-f]{32}$/.test(hashes[row])) {
      throw table.fault(row, "module_hash", `expected 32 hexadecimal digits, got "${hashes[row]}"`);
    }
    if (row > 0 && hashes[row] <= hashes[row - 1]) {
      throw table.fault(row, "module_hash", "the hashes must rise from row to row");
    }
  }
}

function joinByHash(path: string, planned: readonly PlannedColumn[], hashes: readonly string[]): Map<string, Column> {
  const fields = new Map<string, FieldType>([["module_hash", "text"]]);
  for (const { from, type } of planned) fields.set(from, type);
  const table = readTable(path, fields);
  const rows = table.text("module_hash").map((hash, row) => {
    const found = indexOfSorted(hashes, hash);
    if (found < 0) throw table.fault(row, "module_hash", `no cell has the hash "${hash}"`);
    return found;
  });
  const joined = new Map<string, Column>();
  for (const { from, type, metric } of planned) {
    const column = createColumn(type, hashes.length);
    column.fill(Number.NaN);
    const values = table.numbers(from);
    for (let row = 0; row < rows.length; row++) column[rows[row]] = values[row];
    joined.set(metric.name, column);
  }
  return joined;
}

function indexOfSorted(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted ? low : -1;
}

function metadataOf(metrics: Metric[]): PackContents["metadata"] {
  return {
    name: "nasbench101",
    title,
    space: { name: "nasbench101", options: {} },
    metrics,
    label: testAccuracy.name,
    labelRule: "noisy(0.14)",
    seedLabels: {},
    test: testAccuracy.name,
    source:
      "NAS-Bench-101 (google-research/nasbench); tables of FreeREA, nasbench-vis and NASLib; cells and hashes enumerated anew",
    licence: "Apache-2.0 (benchmark), MIT per README (FreeREA), no licence file (nasbench-vis)",
    notes,
  };
}
