import { describe, expect, it } from "vitest";
import { mish, rectify, sigmoid, tangent } from "./activation.js";
import { averageChannels, averagePlaces } from "./averaging.js";
import { batchNormalisation } from "./batchNormalisation.js";
import { convolution } from "./convolution.js";
import { dense } from "./dense.js";
import { depthwiseConvolution } from "./depthwiseConvolution.js";
import { type GradientCheckOptions, gradientError } from "./gradientCheck.js";
import { gather, relate } from "./graph.js";
import { add, concatenate, multiply, scaleChannels, split, takeChannels } from "./joining.js";
import { layerNormalisation } from "./layerNormalisation.js";
import { lstm } from "./lstm.js";
import { pooling } from "./pooling.js";
import { softmax } from "./softmax.js";
import { reshape } from "./tensor.js";

const operations: Record<string, GradientCheckOptions["build"]> = {
  dense: (builder, input) => dense(builder, input(5), { outputs: 3 }),
  "dense over places": (builder, input) => dense(builder, input(3, 4, 1), { outputs: 7 }),
  "convolution 3x3": (builder, input) => convolution(builder, input(3, 4, 5), { outputs: 5 }),
  "convolution 3x3 with a bias": (builder, input) => convolution(builder, input(1, 3, 3), { outputs: 2, bias: true }),
  "convolution 3x3, stride 2": (builder, input) => convolution(builder, input(2, 6, 4), { outputs: 3, stride: 2 }),
  "convolution 3x3, stride 2, odd size": (builder, input) =>
    convolution(builder, input(2, 5, 3), { outputs: 5, stride: 2 }),
  "convolution 1x1": (builder, input) => convolution(builder, input(5, 2, 3), { outputs: 6, window: 1 }),
  "convolution 1x1, stride 2": (builder, input) =>
    convolution(builder, input(2, 4, 5), { outputs: 3, window: 1, stride: 2 }),
  "two readers of one tensor": (builder, input) => {
    const image = input(2, 4, 4);
    const left = convolution(builder, tangent(builder, image), { outputs: 3 });
    const right = convolution(builder, image, { outputs: 3, window: 1 });
    return add(builder, [left, right, left], [1, 0.5, 2]);
  },
  "depthwise convolution": (builder, input) => depthwiseConvolution(builder, input(3, 4, 5)),
  "batch normalisation": (builder, input) => batchNormalisation(builder, input(3, 2, 2)),
  "layer normalisation": (builder, input) => layerNormalisation(builder, input(5, 3)),
  mish: (builder, input) => mish(builder, input(3, 2, 2)),
  sigmoid: (builder, input) => sigmoid(builder, input(3, 2, 2)),
  tangent: (builder, input) => tangent(builder, input(3, 2, 2)),
  "average pooling": (builder, input) =>
    pooling(builder, input(2, 4, 5), { kind: "average", window: 3, stride: 1, padding: 1 }),
  "average pooling, stride 2": (builder, input) =>
    pooling(builder, input(2, 4, 6), { kind: "average", window: 2, stride: 2 }),
  "average over places": (builder, input) => averagePlaces(builder, input(3, 4, 2)),
  "average over channels": (builder, input) => averageChannels(builder, input(3, 4, 1)),
  "concatenate and split": (builder, input) => {
    const [first, second] = split(builder, concatenate(builder, [input(2, 3), input(3, 3), input(1, 3)]), [4, 2]);
    return concatenate(builder, [second, tangent(builder, first), second]);
  },
  "some channels, overlapping": (builder, input) => {
    const features = input(5, 2);
    return add(builder, [takeChannels(builder, features, 0, 3), takeChannels(builder, features, 2, 3)], [1, 2]);
  },
  "scaled channels": (builder, input) => scaleChannels(builder, input(3, 2, 2), sigmoid(builder, input(3))),
  multiply: (builder, input) => {
    const first = input(3, 2);
    return multiply(builder, multiply(builder, first, first), input(3, 2));
  },
  "softmax over columns": (builder, input) => softmax(builder, input(1, 4, 3), "columns"),
  "softmax over channels": (builder, input) => softmax(builder, input(4, 3), "channels"),
  gather: (builder, input) => gather(builder, input(1, 4, 4), input(3, 4), { factor: 0.5 }),
  "gather, transposed": (builder, input) => gather(builder, input(1, 4, 4), input(3, 4), { transposed: true }),
  relate: (builder, input) => relate(builder, input(3, 4), input(3, 4), { factor: 0.7 }),
  "attention of a graph with itself": (builder, input) => {
    const features = input(3, 4);
    return gather(builder, softmax(builder, relate(builder, features, features), "columns"), features);
  },
  lstm: (builder, input) => concatenate(builder, lstm(builder, [input(3), input(3), input(3)], 4)),
  reshape: (builder, input) => dense(builder, reshape(tangent(builder, input(2, 3)), 6), { outputs: 2 }),
};

/** Where a difference may step over an edge, it must be small, and 32 bits make it rough. */
const kinked: Record<string, GradientCheckOptions["build"]> = {
  rectify: (builder, input) => rectify(builder, input(3, 2, 2)),
  "maximum pooling": (builder, input) =>
    pooling(builder, input(2, 4, 5), { kind: "maximum", window: 3, stride: 1, padding: 1 }),
  "one rectified tensor for two readers": (builder, input) => {
    const image = input(2, 4, 4);
    const left = convolution(builder, rectify(builder, image), { outputs: 3 });
    return add(builder, [left, convolution(builder, rectify(builder, image), { outputs: 3, window: 1 })]);
  },
};

describe("gradients", () => {
  for (const [name, build] of Object.entries(operations)) {
    it(`of ${name} are those of central differences`, () => {
      for (const batch of [4, 12]) expect(gradientError({ build, batch })).toBeLessThan(5e-3);
    });
  }

  for (const [name, build] of Object.entries(kinked)) {
    it(`of ${name} are those of central differences away from the edges`, () => {
      expect(gradientError({ build, difference: 1e-3 })).toBeLessThan(0.02);
    });
  }

  it("notices a wrong gradient", () => {
    const build: GradientCheckOptions["build"] = (builder, input) => {
      const output = tangent(builder, input(2));
      builder.step({
        forward: () => {},
        backward: () => builder.functions.scale(output.storage.gradient, 1.1, output.storage.gradient, 2, 0),
      });
      return output;
    };
    expect(gradientError({ build })).toBeGreaterThan(0.05);
  });
});
