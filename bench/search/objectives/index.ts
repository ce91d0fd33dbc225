import { madeUpObjectives } from "./madeUp.js";
import type { Objective } from "./objective.js";
import { onceForAllObjectives } from "./onceForAll.js";
import { smallConvnet } from "./smallConvnet.js";
import { column, limited, minus, ownLabel, tableObjective, tradedOff } from "./table.js";

const cifar10 = "nasbench201/cifar10";
const published = [cifar10, "nasbench201/cifar100", "nasbench201/imagenet16-120"];
const devices = ["edgegpu", "raspi4", "edgetpu", "pixel3", "eyeriss", "fpga", "titanx_1", "gold_6226", "samsung_a50"];

/** The true accuracy of NAS-Bench-101, of which strategies see noisy labels. */
const nasbench101: Objective = {
  ...tableObjective({
    benchmark: "nasbench101",
    what: "mean test accuracy, noisy labels",
    rule: "labels by noisy(0.14), values are the mean test accuracies",
    label: "noisy(0.14)",
    values: (_, benchmark) => Float64Array.from(benchmark.test),
  }),
  onRequest: true,
};

/** All objectives, those of one benchmark together, so that a thread opens it once. */
export const objectives: readonly Objective[] = [
  ownLabel(cifar10),
  column(cifar10, "valid_accuracy_epoch12", "12-epoch accuracy"),
  ...devices.map((device) => minus(cifar10, `${device}_latency`)),
  ...["edgegpu_energy", "eyeriss_energy", "fpga_energy"].map((energy) => minus(cifar10, energy)),
  limited(cifar10, "valid_accuracy", "flops", 0.5),
  limited(cifar10, "valid_accuracy", "flops", 0.2),
  tradedOff(cifar10, "valid_accuracy", "edgegpu_latency", 5),
  tradedOff(cifar10, "valid_accuracy", "raspi4_latency", 5),
  ...published
    .slice(1)
    .flatMap((name) => [ownLabel(name), column(name, "valid_accuracy_epoch12", "12-epoch accuracy")]),
  ...["tiny-nasbench201", "digits201", "digits-nano", "ec_nas/5v"].map(ownLabel),
  minus("ec_nas/5v", "train_energy"),
  smallConvnet,
  ...madeUpObjectives,
  ...onceForAllObjectives,
  nasbench101,
];
