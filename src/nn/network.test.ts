import { describe, expect, test } from "vitest";
import { createKernels, type Kernels, kernels } from "../kernels/kernels.js";
import { createGenerator } from "../random/index.js";
import { rectify, sigmoid } from "./activation.js";
import { averagePlaces } from "./averaging.js";
import { batchNormalisation } from "./batchNormalisation.js";
import { NetworkBuilder } from "./builder.js";
import { convolution } from "./convolution.js";
import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { add, concatenate, multiply, scaleChannels, takeChannels } from "./joining.js";
import { crossEntropy } from "./loss.js";
import type { Network } from "./network.js";
import { gradientDescent } from "./optimiser.js";
import { pooling } from "./pooling.js";
import { softmax } from "./softmax.js";
import { reshape, type Tensor } from "./tensor.js";

interface Small {
  readonly network: Network;
  readonly builder: NetworkBuilder;
  readonly image: Tensor;
  readonly logits: Tensor;
  readonly train: (steps: number) => number[];
}

/** A convolution, normalisation, pooling and a dense layer, with random images of its own. */
function openSmall(batch = 8, used: Kernels = kernels(), seed = 1): Small {
  const builder = new NetworkBuilder({ batch, with: used });
  const image = builder.input(1, 6, 6);
  const targets = builder.input(3);
  const weights = builder.input(1);
  let features = rectify(builder, batchNormalisation(builder, convolution(builder, image, { outputs: 5 })));
  features = pooling(builder, features, { kind: "average", window: 3, stride: 1, padding: 1 });
  features = convolution(builder, features, { outputs: 6, stride: 2 });
  const logits = dense(builder, averagePlaces(builder, rectify(builder, features)), { outputs: 3 });
  const loss = crossEntropy(builder, logits, targets, weights);
  const network = builder.finish(createGenerator(seed));
  network.values(weights).fill(1);
  const generator = createGenerator("images");
  for (let i = 0; i < network.values(image).length; i++) network.values(image)[i] = generator.normal();
  for (let n = 0; n < batch; n++) network.values(targets)[(n % 3) * batch + n] = 1;
  const optimiser = gradientDescent(network);
  const train = (steps: number): number[] =>
    Array.from({ length: steps }, () => {
      network.forward(true);
      network.clearGradients();
      network.backward();
      optimiser.step(0.1, 1 / batch);
      return loss.value() / batch;
    });
  return { network, builder, image, logits, train };
}

describe("a network", () => {
  test("learns its images by heart", () => {
    const { network, train } = openSmall();
    const losses = train(60);
    expect(losses[0]).toBeGreaterThan(0.7);
    expect(losses[59]).toBeLessThan(0.1);
    network.close();
  });

  test("counts its parameters before and after it is planned", () => {
    const { network, builder } = openSmall();
    expect(network.parameterCount).toBe(9 * 5 + 2 * 5 + 9 * 5 * 6 + 7 * 3);
    expect(builder.parameterCount).toBe(network.parameterCount);
    expect(builder.multiplyAccumulates).toBe(9 * 5 * 36 + 9 * 5 * 6 * 9 + 7 * 3);
    network.close();
  });

  test("takes the same steps bit for bit, in memory that another one used before", () => {
    const used = createKernels();
    const first = openSmall(8, used);
    const losses = first.train(5);
    const state = first.network.state();
    const bytes = first.builder.arena.bytes;
    first.network.close();
    const second = openSmall(8, used);
    expect(second.builder.arena).toBe(first.builder.arena);
    expect(second.train(5)).toEqual(losses);
    expect(second.network.state()).toEqual(state);
    expect(second.builder.arena.bytes).toBe(bytes);
    second.network.close();
  });

  test("needs no further memory for its steps", () => {
    const { network, builder, train } = openSmall();
    const { top, bytes } = builder.arena;
    train(20);
    network.forward(false);
    expect([builder.arena.top, builder.arena.bytes]).toEqual([top, bytes]);
    network.close();
  });

  test("hands its state over to one with another batch, which predicts the same, however the images are batched", () => {
    const large = openSmall(12);
    large.train(10);
    large.network.forward(false);
    const small = openSmall(4, kernels(), 2);
    small.network.load(large.network.state());
    const [from, to] = [large.network.values(large.image), small.network.values(small.image)];
    for (let part = 0; part < 3; part++) {
      for (let i = 0; i < to.length; i++) to[i] = from[Math.floor(i / 4) * 12 + 4 * part + (i % 4)];
      small.network.forward(false);
      const given = small.network.values(small.logits);
      const wanted = large.network.values(large.logits);
      for (let i = 0; i < given.length; i++) expect(given[i]).toBe(wanted[Math.floor(i / 4) * 12 + 4 * part + (i % 4)]);
    }
    expect(() => small.network.load(new Float32Array(3))).toThrow("a state of 3 numbers");
    large.network.close();
    small.network.close();
  });

  test("gives nearly the same with fused and with separate rounding", () => {
    const fused = openSmall(8, createKernels({ portable: false }));
    const portable = openSmall(8, createKernels({ portable: true }));
    const losses = portable.train(5);
    for (const [step, loss] of fused.train(5).entries()) expect(Math.abs(loss - losses[step])).toBeLessThan(1e-4);
    fused.network.close();
    portable.network.close();
  });
});

test("running statistics become those of the images", () => {
  const builder = new NetworkBuilder({ batch: 8 });
  const input = builder.input(2, 2, 2);
  const output = batchNormalisation(builder, input, { kept: 0.5 });
  const network = builder.finish(createGenerator(1));
  const values = network.values(input);
  const generator = createGenerator("images");
  for (let i = 0; i < values.length; i++) values[i] = i < 32 ? 3 + 2 * generator.normal() : -1;
  for (let step = 0; step < 30; step++) network.forward(true);
  const [mean0, mean1] = network.state().slice(8, 10);
  const [variance0, variance1] = network.state().slice(12, 14);
  const mean = values.slice(0, 32).reduce((sum, value) => sum + value, 0) / 32;
  const variance = values.slice(0, 32).reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / 31;
  expect(mean0).toBeCloseTo(mean, 5);
  expect(variance0).toBeCloseTo(variance, 4);
  expect([mean1, variance1]).toEqual([-1, expect.closeTo(0, 6)]);
  network.forward(false);
  expect(network.values(output)[0]).toBeCloseTo((values[0] - mean) / Math.sqrt(variance + 1e-5), 4);
  expect(network.values(output)[40]).toBeCloseTo(0, 2);
  network.close();
});

describe("dropout", () => {
  function drop(share: number, seed: number): { kept: Float32Array; next: Float32Array; predicted: Float32Array } {
    const builder = new NetworkBuilder({ batch: 32 });
    const input = builder.input(4, 4, 4);
    const output = dropout(builder, input, share, createGenerator(seed));
    const network = builder.finish(createGenerator(1));
    network.values(input).fill(2);
    network.forward(true);
    const kept = network.values(output).slice();
    network.forward(true);
    const next = network.values(output).slice();
    network.forward(false);
    const predicted = network.values(output).slice();
    network.close();
    return { kept, next, predicted };
  }

  test("leaves out its share and scales the rest; prediction changes nothing", () => {
    const { kept, predicted } = drop(0.25, 1);
    const zeros = kept.filter((value) => value === 0).length / kept.length;
    expect(Math.abs(zeros - 0.25)).toBeLessThan(0.03);
    expect(new Set(kept)).toEqual(new Set([0, Math.fround(2 / 0.75)]));
    expect(new Set(predicted)).toEqual(new Set([2]));
  });

  test("follows its seed, and differs from step to step", () => {
    const { kept, next } = drop(0.5, 1);
    expect(drop(0.5, 1)).toMatchObject({ kept, next });
    expect(next).not.toEqual(kept);
    expect(drop(0.5, 2).kept).not.toEqual(kept);
  });

  test("of everything is refused", () => {
    expect(() => drop(1, 1)).toThrow("from 0 to below 1");
  });
});

describe("exponentials", () => {
  function apply(make: (builder: NetworkBuilder, input: Tensor) => Tensor, inputs: Float32Array): Float32Array {
    const builder = new NetworkBuilder({ batch: 4 });
    const input = builder.input(inputs.length / 4);
    const output = make(builder, input);
    const network = builder.finish();
    network.values(input).set(inputs);
    network.forward(false);
    const values = network.values(output).slice();
    network.close();
    return values;
  }

  test("of sigmoid are right to a few units in the last place, and far out its limits", () => {
    const inputs = Float32Array.from({ length: 4000 }, (_, i) => (i - 2000) / 24);
    const worst = apply(sigmoid, inputs).reduce((most, value, i) => {
      const exact = 1 / (1 + Math.exp(-inputs[i]));
      return Math.max(most, Math.abs(value / exact - 1));
    }, 0);
    expect(worst).toBeLessThan(6e-7);
    expect([...apply(sigmoid, Float32Array.of(1e4, 200, 0, Number.NaN))]).toEqual([1, 1, 0.5, Number.NaN]);
    for (const value of apply(sigmoid, Float32Array.of(-88.4, -89, -200, -1e30))) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1e-38);
    }
  });

  test("of softmax sum to one, with numbers far apart too", () => {
    const shares = apply(
      (builder, input) => softmax(builder, input, "channels"),
      Float32Array.of(...[0, 500, -3e38, 1], ...[1, -500, 3e38, 1], ...[2, 499, 0, 1]),
    );
    for (let n = 0; n < 4; n++) expect(shares[n] + shares[4 + n] + shares[8 + n]).toBeCloseTo(1, 6);
    expect(shares[2 + 4]).toBe(1);
    expect(shares[1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });
});

describe("layers refuse tensors that do not fit", () => {
  const builder = new NetworkBuilder({ batch: 4 });
  const [tall, wide] = [builder.input(2, 3, 1), builder.input(2, 1, 3)];
  test.each([
    ["add", () => add(builder, [tall, wide])],
    ["multiply", () => multiply(builder, tall, wide)],
    ["concatenate", () => concatenate(builder, [tall, wide])],
    ["scaleChannels", () => scaleChannels(builder, tall, builder.input(3))],
  ])("%s", (_, make) => expect(make).toThrow("tensors of one shape"));
  test("takeChannels", () => expect(() => takeChannels(builder, tall, 1, 2)).toThrow("channels 1 to 2 of 2"));
  test("a batch", () => expect(() => new NetworkBuilder({ batch: 6 })).toThrow("multiple of four"));
});

test("a tensor that is padded and rectified in two shapes is not mixed up", () => {
  const build = (both: boolean): Float32Array => {
    const builder = new NetworkBuilder({ batch: 4 });
    const input = builder.input(2, 4, 2);
    if (both) convolution(builder, rectify(builder, reshape(input, 4, 2, 2)), { outputs: 2 });
    const rectified = rectify(builder, input);
    expect([rectified.channels, rectified.height]).toEqual([2, 4]);
    const output = convolution(builder, rectified, { outputs: 2, initial: (values) => void values.fill(1) });
    const network = builder.finish(createGenerator(1));
    network.values(input).forEach((_, i, values) => {
      values[i] = i - 20;
    });
    network.forward(false);
    const values = network.values(output).slice();
    network.close();
    return values;
  };
  expect(build(true)).toEqual(build(false));
});
