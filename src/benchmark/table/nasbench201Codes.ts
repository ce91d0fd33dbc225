import type { Column, EstimationCode, Metric } from "../contract.js";
import { createColumn } from "../pack/columns.js";
import type { NasBench201Dataset } from "./nasbench201Columns.js";

/** Epochs of the training that the proxy losses come from, and of the one that labels come from. */
const PROXY_EPOCHS = 50;
const FULL_EPOCHS = 200;

/** Images of a training that labels come from. */
const trainingImages: Readonly<Record<NasBench201Dataset, number>> = {
  cifar10: 25_000,
  cifar100: 50_000,
  "imagenet16-120": 151_700,
};

/** SynFlow spans 67 powers of ten; cells without any path have 0, so 1 is added. */
export const logSynflowMetric: Metric = {
  name: "log_synflow",
  unit: "nats",
  description: "Natural logarithm of 1 + synflow (FreeREA)",
};

export function logSynflow(synflow: Column): Column {
  const column = createColumn("float", synflow.length);
  for (let row = 0; row < column.length; row++) column[row] = Math.log(1 + synflow[row]);
  return column;
}

/** The estimation codes that the joined columns allow, the default first. */
export function estimationCodesOf(dataset: NasBench201Dataset, columns: ReadonlyMap<string, Column>): EstimationCode[] {
  const codes: EstimationCode[] = [];
  const time = columns.get("proxy_train_time");
  if (time !== undefined) {
    const proxyTraining = meanOf(time) / meanOf(columns.get("train_time")!);
    const what =
      "of a reduced network on a reduced CIFAR-100 (MOTE-NAS), the same for all data sets: not losses of the benchmark's own training";
    const cost = "Cost: its recorded time by the recorded time of a full training, on different machines perhaps";
    const losses = (name: string, epochs: number): EstimationCode => ({
      name,
      columns: Array.from({ length: epochs }, (_, i) => `proxy_loss_epoch${i + 1}`),
      cost: (proxyTraining * epochs) / PROXY_EPOCHS,
      description: `Training losses of epochs 1 to ${epochs} ${what}. ${cost}.`,
    });
    codes.push(losses("proxy-losses", 3), losses("proxy-losses-10", 10), {
      name: "landscape",
      columns: Array.from({ length: 11 }, (_, i) => `landscape_loss_${i}`),
      cost: proxyTraining,
      description: `Losses at 11 points on the line from initial to final weights ${what}. ${cost}; all 50 epochs are needed.`,
    });
  }
  if (columns.has(logSynflowMetric.name)) {
    codes.push({
      name: "synflow",
      columns: [logSynflowMetric.name],
      cost: 1 / (FULL_EPOCHS * trainingImages[dataset]),
      description:
        "Logarithm of SynFlow of the untrained network. Cost: one forward and one backward pass of one image, of all those of a full training.",
    });
  }
  return codes;
}

/** The mean of the numbers that are there. */
function meanOf(values: Column): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
