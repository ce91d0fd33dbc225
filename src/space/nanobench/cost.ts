import type { Architecture, CostView } from "../contract.js";
import type { NanoNetworkOptions } from "./options.js";
import { type NanoCellPlan, type NanoNetworkPlan, type NanoNodePlan, planNanoNetwork } from "./plan.js";

/** FLOPs (multiply-accumulates, one image) and trainable parameters. */
export interface NanoCost {
  readonly flops: number;
  readonly params: number;
}

/**
 * What a planned network costs, counted as for NAS-Bench-201: batch normalisation counts as parameters (scale and shift)
 * but not as FLOPs; pooling, activations, sums and products of feature maps as neither; the bias of a dense layer as both.
 *
 * @example
 * costOfNanoNetwork(planNanoNetwork(space.parse("output~0"), nanoNetworkOptions())).flops;
 */
export function costOfNanoNetwork({ stem, stages, classifier }: NanoNetworkPlan): NanoCost {
  const total = convolution(9 * stem.inputChannels, stem.outputChannels, stem.side);
  for (const { side, cells } of stages) {
    let known: NanoCellPlan | undefined;
    let cost: NanoCost = total;
    for (const cell of cells) {
      // Most cells of a stage share one plan.
      if (cell !== known) cost = costOfCell(cell, side);
      known = cell;
      add(total, cost);
    }
  }
  const head = (classifier.inputChannels + 1) * classifier.classes;
  return { flops: total.flops + head, params: total.params + head };
}

/** FLOPs and params of the network around each cell. */
export function createCostView(options: NanoNetworkOptions): CostView {
  return {
    metrics: [
      { name: "flops", unit: "MAC" },
      { name: "params", unit: "parameters" },
    ],
    write(architecture: Architecture, values: Float64Array) {
      const { flops, params } = costOfNanoNetwork(planNanoNetwork(architecture, options));
      values[0] = flops;
      values[1] = params;
    },
  };
}

interface RunningCost {
  flops: number;
  params: number;
}

function costOfCell({ nodes, outputChannels, projects }: NanoCellPlan, side: number): NanoCost {
  const total = { flops: 0, params: 0 };
  for (const node of nodes) add(total, costOfNode(node, side));
  if (projects) add(total, convolution(nodes[nodes.length - 1].inputChannels, outputChannels, side));
  return total;
}

function costOfNode(
  { operation, inputChannels, outputChannels, hiddenChannels = 0 }: NanoNodePlan,
  side: number,
): NanoCost {
  switch (operation) {
    case "dwconv3x3":
    case "expand":
      return convolution(9, outputChannels, side);
    case "conv1x1":
      return convolution(inputChannels, outputChannels, side);
    case "atten": {
      const dense = (inputChannels + 1) * hiddenChannels + (hiddenChannels + 1) * outputChannels;
      return { flops: dense, params: dense };
    }
    case "input":
    case "split":
    case "none":
    case "output":
      return { flops: 0, params: 0 };
  }
}

/** A convolution with batch normalisation. `inputs`: numbers that each output is a sum of. */
function convolution(inputs: number, channels: number, side: number): RunningCost {
  const weights = inputs * channels;
  return { flops: weights * side * side, params: weights + 2 * channels };
}

function add(total: RunningCost, { flops, params }: NanoCost): void {
  total.flops += flops;
  total.params += params;
}
