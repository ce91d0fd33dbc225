import type { Architecture, CostView } from "../contract.js";
import { CONVOLUTION_1X1, CONVOLUTION_3X3 } from "./cell.js";

/** The data sets of the benchmark: they differ in image size and number of classes, hence in cost. */
export const DATASETS = ["cifar10", "cifar100", "imagenet16-120"] as const;
export type Dataset = (typeof DATASETS)[number];

const IMAGES: Readonly<Record<Dataset, { readonly size: number; readonly classes: number }>> = {
  cifar10: { size: 32, classes: 10 },
  cifar100: { size: 32, classes: 100 },
  "imagenet16-120": { size: 16, classes: 120 },
};

const STAGES = [16, 32, 64];
const CELLS_PER_STAGE = 5;

interface Cost {
  flops: number;
  params: number;
}

/**
 * FLOPs (multiply-accumulates, one image) and trainable parameters of the full network: a 3x3 convolution to 16 channels,
 * three stages of five cells (16, 32, 64 channels), a residual block of stride 2 between stages, global pooling and a
 * linear classifier. Batch normalisation counts as parameters (scale and shift) but not as FLOPs, pooling as neither;
 * the bias of the classifier counts as both. So counted, all 15,625 cells agree with the published table.
 */
export function createCostView(dataset: Dataset): CostView {
  const { size, classes } = IMAGES[dataset];
  const base = { flops: 0, params: 0 };
  const perEdge1x1 = { flops: 0, params: 0 };
  const perEdge3x3 = { flops: 0, params: 0 };
  addConvolution(base, 3, 3, STAGES[0], size);
  addNormalisation(base, STAGES[0]);
  for (let stage = 0; stage < STAGES.length; stage++) {
    const channels = STAGES[stage];
    const side = size >> stage;
    if (stage > 0) addResidualBlock(base, STAGES[stage - 1], channels, side);
    for (let cell = 0; cell < CELLS_PER_STAGE; cell++) {
      addConvolution(perEdge1x1, 1, channels, channels, side);
      addNormalisation(perEdge1x1, channels);
      addConvolution(perEdge3x3, 3, channels, channels, side);
      addNormalisation(perEdge3x3, channels);
    }
  }
  const last = STAGES[STAGES.length - 1];
  addNormalisation(base, last);
  base.flops += (last + 1) * classes;
  base.params += (last + 1) * classes;
  return {
    metrics: [
      { name: "flops", unit: "MAC" },
      { name: "params", unit: "parameters" },
    ],
    write(architecture: Architecture, values: Float64Array) {
      let small = 0;
      let large = 0;
      for (let edge = 0; edge < architecture.length; edge++) {
        if (architecture[edge] === CONVOLUTION_1X1) small++;
        else if (architecture[edge] === CONVOLUTION_3X3) large++;
      }
      values[0] = base.flops + small * perEdge1x1.flops + large * perEdge3x3.flops;
      values[1] = base.params + small * perEdge1x1.params + large * perEdge3x3.params;
    },
  };
}

function addConvolution(cost: Cost, kernel: number, from: number, to: number, side: number): void {
  const weights = kernel * kernel * from * to;
  cost.params += weights;
  cost.flops += weights * side * side;
}

function addNormalisation(cost: Cost, channels: number): void {
  cost.params += 2 * channels;
}

/** Two 3x3 convolutions with normalisation, the first of stride 2, and a pooled 1x1 convolution beside them. */
function addResidualBlock(cost: Cost, from: number, to: number, side: number): void {
  addConvolution(cost, 3, from, to, side);
  addNormalisation(cost, to);
  addConvolution(cost, 3, to, to, side);
  addNormalisation(cost, to);
  addConvolution(cost, 1, from, to, side);
}
