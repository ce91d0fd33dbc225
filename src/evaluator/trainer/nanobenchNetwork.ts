import { rectify, sigmoid } from "../../nn/activation.js";
import { averagePlaces } from "../../nn/averaging.js";
import { convolution } from "../../nn/convolution.js";
import { dense } from "../../nn/dense.js";
import { depthwiseConvolution } from "../../nn/depthwiseConvolution.js";
import { add, concatenate, scaleChannels, takeChannels } from "../../nn/joining.js";
import { pooling } from "../../nn/pooling.js";
import type { Tensor } from "../../nn/tensor.js";
import { nanoNetworkOptions } from "../../space/nanobench/options.js";
import { type NanoCellPlan, type NanoNodePlan, planNanoNetwork } from "../../space/nanobench/plan.js";
import type { CellNetwork, CellNetworkContext } from "./cellNetwork.js";

/** The network of Tiny-NanoBench, re-created: `space/nanobench/plan.ts` says how. */
export const nanobenchNetwork: CellNetwork = (context, image, architecture, shape) => {
  const { builder, normalise, afterCell } = context;
  const { channels, cells, stages: stageCount, classes } = shape;
  const plan = planNanoNetwork(
    architecture,
    nanoNetworkOptions({
      channels,
      cellsPerStage: cells,
      stages: stageCount,
      inputSize: image.height,
      inputChannels: image.channels,
      classes,
    }),
  );
  let features = rectify(builder, normalise(convolution(builder, image, { outputs: plan.stem.outputChannels })));
  for (const [number, stage] of plan.stages.entries()) {
    if (number > 0) features = pooling(builder, features, { kind: "average", window: 2, stride: 2 });
    for (const cell of stage.cells) features = afterCell(buildCell(context, features, cell));
  }
  return dense(builder, averagePlaces(builder, features), { outputs: classes });
};

function buildCell(
  context: CellNetworkContext,
  input: Tensor,
  { nodes, projects, isResidual, outputChannels }: NanoCellPlan,
): Tensor {
  const { builder, normalise } = context;
  const results: Tensor[] = [];
  for (const node of nodes) {
    const inputs = node.inputs.map(({ node: source, half }) => {
      const given = results[source];
      if (half === undefined) return given;
      const count = Math.ceil(given.channels / 2);
      return takeChannels(builder, given, half === 0 ? 0 : given.channels - count, count);
    });
    const joined = inputs.length === 0 ? input : inputs.length === 1 ? inputs[0] : concatenate(builder, inputs);
    results.push(applyOperation(context, joined, node));
  }
  let output = results[results.length - 1];
  if (projects) output = normalise(convolution(builder, output, { outputs: outputChannels, window: 1 }));
  return isResidual ? add(builder, [output, input]) : output;
}

function applyOperation({ builder, normalise }: CellNetworkContext, input: Tensor, node: NanoNodePlan): Tensor {
  const depthwise = (source: Tensor): Tensor => rectify(builder, normalise(depthwiseConvolution(builder, source)));
  switch (node.operation) {
    case "dwconv3x3":
      return depthwise(input);
    case "conv1x1":
      return rectify(builder, normalise(convolution(builder, input, { outputs: node.outputChannels, window: 1 })));
    case "atten": {
      const hidden = dense(builder, averagePlaces(builder, input), { outputs: node.hiddenChannels! });
      const shares = dense(builder, rectify(builder, hidden), { outputs: input.channels });
      return scaleChannels(builder, input, sigmoid(builder, shares));
    }
    case "expand":
      return concatenate(
        builder,
        Array.from({ length: 3 }, () => add(builder, [input, depthwise(input)])),
      );
    default:
      return input;
  }
}
