import type { Metric } from "../contract.js";
import { type PlannedColumn, plan } from "./columnPlan.js";

/** The data sets of NAS-Bench-201, as spaces and packs call them. */
export const nasBench201Datasets = ["cifar10", "cifar100", "imagenet16-120"] as const;
export type NasBench201Dataset = (typeof nasBench201Datasets)[number];

/** How the tables call a data set. */
export function tablePrefix(dataset: NasBench201Dataset): string {
  return dataset === "imagenet16-120" ? "in16" : dataset;
}

const seeds = ["777", "888", "999"];

/** Columns of `nb201_main.csv`. */
export function mainColumns(dataset: NasBench201Dataset): PlannedColumn[] {
  const prefix = tablePrefix(dataset);
  const trained = dataset === "cifar10" ? "cifar10valid" : prefix;
  const half = dataset === "cifar10" ? "half of the training images" : "the x-valid half of the test images";
  const accuracy = (name: string, split: string, seed: string, epoch: number, description: string): Metric => ({
    name,
    unit: "percent",
    split,
    seed,
    epoch,
    description,
  });
  const testSplit =
    dataset === "cifar10" ? "ori-test, trained on all training images" : "the x-test half of the test images";
  const columns = [
    plan(
      `${trained}_valid_acc_200ep_mean_pct`,
      accuracy("valid_accuracy", "validation", "mean", 200, `Accuracy on ${half}, mean over training seeds`),
    ),
    plan(
      `${prefix}_test_acc_200ep_mean_pct`,
      accuracy("test_accuracy", "test", "mean", 200, `Accuracy on ${testSplit}, mean over training seeds`),
    ),
    ...seeds.map((seed) => seedColumn(dataset, seed)),
    plan(
      `${prefix}_train_acc_200ep_mean_pct`,
      accuracy("train_accuracy", "train", "mean", 200, "Training accuracy at the end, mean over training seeds"),
    ),
    plan(
      `${trained}_valid_acc_12ep_seed777_pct`,
      accuracy("valid_accuracy_epoch12", "validation", "777", 12, `Accuracy on ${half} after the 12-epoch training`),
    ),
    plan(
      `${prefix}_test_acc_12ep_seed777_pct`,
      accuracy("test_accuracy_epoch12", "test", "777", 12, `Accuracy on ${testSplit}, after the 12-epoch training`),
    ),
    plan(
      `${prefix}_train_acc_12ep_pct`,
      accuracy("train_accuracy_epoch12", "train", "777", 12, "Training accuracy at the end of the 12-epoch training"),
    ),
    plan(`${trained}_train_time_200ep_s`, {
      ...{ name: "train_time", unit: "seconds", seed: "mean", epoch: 200 },
      description: "Time of the 200-epoch training that gives the validation accuracy",
    }),
    plan(`${prefix}_train_time_12ep_s`, {
      ...{ name: "train_time_epoch12", unit: "seconds", seed: "777", epoch: 12 },
      description: "Time of the 12-epoch training",
    }),
    plan(`${prefix}_latency_ms`, {
      ...{ name: "latency", unit: "milliseconds" },
      description: "Inference latency in the record of the benchmark (GPU of its authors)",
    }),
    plan(
      `${prefix}_flops`,
      { name: "flops", unit: "MAC", description: "Multiply-accumulates of the network" },
      "int32",
    ),
    plan(`${prefix}_params`, { name: "params", unit: "parameters", description: "Trainable parameters" }, "int32"),
    plan(
      "n_seeds_200ep",
      { name: "training_seeds", unit: "trainings", epoch: 200, description: "How many seeds were trained" },
      "int32",
    ),
  ];
  if (dataset === "cifar10") {
    columns.push(
      plan("cifar10_train_time_200ep_s", {
        ...{ name: "train_time_all_images", unit: "seconds", seed: "mean", epoch: 200 },
        description: "Time of the 200-epoch training on all training images, which gives the test accuracy",
      }),
    );
  }
  return columns;
}

/** The label of one training seed. */
export function seedColumn(dataset: NasBench201Dataset, seed: string): PlannedColumn {
  const common = { unit: "percent", seed, epoch: 200 };
  if (dataset === "cifar10") {
    return plan(`cifar10valid_valid_acc_200ep_seed${seed}_pct`, {
      ...{ ...common, name: `valid_accuracy_seed${seed}`, split: "validation" },
      description: `Accuracy on half of the training images, training seed ${seed}`,
    });
  }
  return plan(`${tablePrefix(dataset)}_valtest_acc_200ep_seed${seed}_pct`, {
    ...{ ...common, name: `validtest_accuracy_seed${seed}`, split: "validation and test" },
    description: `Accuracy on all test images (x-valid and x-test halves together), training seed ${seed}`,
  });
}

/** Columns of `hwnasbench_nb201.csv`. */
export function hardwareColumns(dataset: NasBench201Dataset): PlannedColumn[] {
  const prefix = tablePrefix(dataset);
  const source = "HW-NAS-Bench";
  const latency = ["edgegpu", "raspi4", "edgetpu", "pixel3", "eyeriss", "fpga"].map((device) =>
    plan(
      `${prefix}_${device}_latency_ms`,
      { name: `${device}_latency`, unit: "milliseconds", description: `Latency on ${device} (${source})` },
      "float",
    ),
  );
  const energy = ["edgegpu", "eyeriss", "fpga"].map((device) =>
    plan(
      `${prefix}_${device}_energy_mJ`,
      { name: `${device}_energy`, unit: "millijoules", description: `Energy on ${device} (${source})` },
      "float",
    ),
  );
  const intensity = plan(
    `${prefix}_eyeriss_arithmetic_intensity`,
    {
      ...{ name: "eyeriss_arithmetic_intensity", unit: "not stated" },
      description: `Arithmetic intensity on eyeriss (${source}; the source states no unit)`,
    },
    "float",
  );
  return [...latency, ...energy, intensity];
}

const helpDevices = [
  ...["1080ti_1", "1080ti_32", "1080ti_256", "2080ti_1", "2080ti_32", "2080ti_256", "titan_rtx_1", "titan_rtx_32"],
  ...["titan_rtx_256", "titanx_1", "titanx_32", "titanx_256", "titanxp_1", "titanxp_32", "titanxp_256"],
  ...["essential_ph_1", "gold_6226", "gold_6240", "pixel2", "samsung_a50", "samsung_s7", "silver_4114", "silver_4210r"],
];

/** Columns of `nb201_help_latency.csv`; its raspi4, pixel3, fpga and eyeriss columns are those of HW-NAS-Bench. */
export function latencyColumns(): PlannedColumn[] {
  return helpDevices.map((device) =>
    plan(
      `${device}_latency_ms`,
      {
        ...{ name: `${device}_latency`, unit: "milliseconds" },
        description: `Latency of the CIFAR-10 network on ${device} (HELP; a number at the end is the batch size)`,
      },
      "float",
    ),
  );
}

/** Columns of `nb201_zerocost_freerea.csv`. SynFlow exceeds the range of 32-bit floats. */
export function zeroCostColumns(dataset: NasBench201Dataset): PlannedColumn[] {
  const proxies = ["naswot", "logsynflow", "synflow", ...(dataset === "imagenet16-120" ? [] : ["nregions"])];
  return proxies.map((proxy) =>
    plan(`${tablePrefix(dataset)}_${proxy}`, {
      ...{ name: proxy, unit: "score", description: `Zero-cost proxy ${proxy} of the untrained network (FreeREA)` },
    }),
  );
}

/** Columns of `nb201_zerocost_suitezero_subset.csv`, which has nothing for CIFAR-100. */
export function suiteZeroColumns(dataset: NasBench201Dataset): PlannedColumn[] {
  if (dataset === "cifar100") return [];
  const proxies = [
    "epe_nas",
    "fisher",
    "grad_norm",
    "grasp",
    "jacov",
    "l2_norm",
    "nwot",
    "plain",
    "snip",
    "synflow",
    "zen",
  ];
  return proxies.map((proxy) =>
    plan(
      `${tablePrefix(dataset)}_${proxy}`,
      {
        ...{ name: `suitezero_${proxy}`, unit: "score" },
        description: `Zero-cost proxy ${proxy} (NAS-Bench-Suite-Zero; 9,445 non-degenerate cells, missing elsewhere)`,
      },
      "float",
    ),
  );
}

/** Columns of `nb201_mote_proxy_curves.csv`: the estimation-code kind of signal. */
export function proxyCurveColumns(): PlannedColumn[] {
  const network = "a reduced network on a reduced CIFAR-100 (MOTE-NAS), not of the benchmark's own training";
  const losses = Array.from({ length: 50 }, (_, i) => {
    const epoch = i + 1;
    return plan(
      `proxy_train_loss_ep${String(epoch).padStart(2, "0")}`,
      {
        ...{ name: `proxy_loss_epoch${epoch}`, unit: "nats", split: "train", epoch },
        description: `Training loss of ${network}`,
      },
      "float",
    );
  });
  const landscape = Array.from({ length: 11 }, (_, i) =>
    plan(
      `landscape_loss_${String(i).padStart(2, "0")}`,
      {
        ...{ name: `landscape_loss_${i}`, unit: "nats", split: "train" },
        description: `Loss at point ${i} of 10 on the line from initial to final weights of ${network}`,
      },
      "float",
    ),
  );
  const scores = ["speed_term", "landscape_term", "mote"].map((name) =>
    plan(name, { name, unit: "score", description: `The score ${name} of MOTE-NAS` }, "float"),
  );
  const time = plan(
    "proxy_train_time_s",
    { name: "proxy_train_time", unit: "seconds", epoch: 50, description: `Training time of ${network}` },
    "float",
  );
  return [...losses, ...landscape, ...scores, time];
}
