import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKernels } from "../kernels/kernels.js";
import { createMatrix, type Matrix, takeRows } from "../kernels/matrix.js";
import { createGenerator } from "../random/index.js";
import { evaluateNetwork, initialNetwork, type Network } from "./mlpNetwork.js";
import reference from "./mlpReference.json" with { type: "json" };
import { type TrainingOptions, trainNetwork } from "./mlpTraining.js";

const defaults: TrainingOptions = {
  learningRate: 1e-3,
  batch: 200,
  epochs: 100,
  l2: 1e-4,
  tolerance: 1e-4,
  patience: 10,
};

/** Half-dense features, and targets that depend on them. */
function example(rows: number, columns: number, seed: number): { features: Matrix; targets: Float64Array } {
  const generator = createGenerator(seed);
  const features = createMatrix(rows, columns);
  for (let i = 0; i < features.data.length; i++) features.data[i] = generator.integer(3) === 0 ? generator.normal() : 0;
  const targets = Float64Array.from({ length: rows }, (_, row) => {
    const [a, b] = features.data.subarray(row * columns);
    return a - b * b + 0.1 * generator.normal();
  });
  return { features, targets };
}

/** The loss in 64-bit floats, by its definition. */
function lossOf(
  sizes: readonly number[],
  layers: readonly Float64Array[],
  features: Matrix,
  targets: Float64Array,
  l2: number,
) {
  let sum = 0;
  for (let row = 0; row < features.rows; row++) {
    let values = [...features.data.subarray(row * features.columns, (row + 1) * features.columns)];
    layers.forEach((matrix, i) => {
      const [inputs, outputs] = [sizes[i], sizes[i + 1]];
      const next = new Array<number>(outputs);
      for (let j = 0; j < outputs; j++) {
        let value = matrix[inputs * outputs + j];
        for (let k = 0; k < inputs; k++) value += values[k] * matrix[k * outputs + j];
        next[j] = i < layers.length - 1 ? Math.max(0, value) : value;
      }
      values = next;
    });
    sum += 0.5 * (values[0] - targets[row]) ** 2;
  }
  layers.forEach((matrix, i) => {
    for (let k = 0; k < sizes[i] * sizes[i + 1]; k++) sum += 0.5 * l2 * matrix[k] * matrix[k];
  });
  return sum / features.rows;
}

describe.each([
  ["plain", createKernels({ portable: true })],
  ["relaxed", createKernels({ portable: false })],
])("training with %s kernels", (_, used) => {
  it.each([
    { sizes: [3, 1, 1], rows: 1 },
    { sizes: [5, 7, 9, 1], rows: 8 },
    { sizes: [6, 33, 30, 29, 1], rows: 13 },
    { sizes: [2, 8, 61, 1], rows: 3 },
  ])("follows the numeric gradient: $sizes", ({ sizes, rows }) => {
    const { features, targets } = example(rows, sizes[0], 4);
    const initial = initialNetwork(sizes, createGenerator(5));
    const l2 = 0.3;
    // With so large an epsilon, the first step of Adam is the gradient itself.
    const epsilon = 1e6;
    const learningRate = epsilon / Math.sqrt(1 - 0.999);
    const options = { ...defaults, l2, epsilon, learningRate, epochs: 1 };
    const { network, losses } = trainNetwork(initial, features, targets, options, undefined, used);

    const layers = initial.layers.map((layer) => Float64Array.from(layer));
    expect(losses[0]).toBeCloseTo(lossOf(sizes, layers, features, targets, l2), 5);
    const step = 1e-5;
    layers.forEach((layer, i) => {
      for (let k = 0; k < layer.length; k += layer.length > 500 ? 17 : 1) {
        const value = layer[k];
        layer[k] = value + step;
        const above = lossOf(sizes, layers, features, targets, l2);
        layer[k] = value - step;
        const below = lossOf(sizes, layers, features, targets, l2);
        layer[k] = value;
        const gradient = initial.layers[i][k] - network.layers[i][k];
        expect(Math.abs(gradient - (above - below) / (2 * step)), `layer ${i}, weight ${k}`).toBeLessThan(2e-6);
      }
    });
  });

  it.each(reference.cases)(`agrees with ${reference.source}: $name`, (expected) => {
    const { sizes, options } = expected;
    const features = { rows: expected.targets.length, columns: sizes[0], data: Float32Array.from(expected.features) };
    const initial: Network = { sizes, layers: expected.layers.map((layer) => Float32Array.from(layer)) };
    const targets = Float64Array.from(expected.targets);
    const { network, losses } = trainNetwork(initial, features, targets, options, undefined, used);
    expect(losses).toHaveLength(expected.losses.length);
    losses.forEach((loss, epoch) => {
      expect(Math.abs(loss - expected.losses[epoch]), `epoch ${epoch}`).toBeLessThan(1e-5);
    });
    evaluateNetwork(network, features, used).forEach((value, row) => {
      expect(Math.abs(value - expected.predictions[row]), `row ${row}`).toBeLessThan(1e-4);
    });
  });

  it("says of a row the same whatever rows are beside it", () => {
    const { features } = example(300, 31, 6);
    const network = initialNetwork([31, 50, 29, 1], createGenerator(7));
    const all = evaluateNetwork(network, features, used);
    const chosen = [299, 0, 256, 255, 5, 5];
    expect([...evaluateNetwork(network, takeRows(features, chosen), used)]).toEqual(chosen.map((row) => all[row]));
    expect(evaluateNetwork(network, createMatrix(0, 31), used)).toHaveLength(0);
  });

  it("learns what it is shown", () => {
    const { features, targets } = example(200, 6, 8);
    const initial = initialNetwork([6, 64, 64, 1], createGenerator(9));
    const { losses } = trainNetwork(initial, features, targets, defaults, createGenerator(10), used);
    expect(losses.at(-1)).toBeLessThan(losses[0] / 10);
  });
});

describe("training", () => {
  it("gives the same bits on every machine in portable mode", () => {
    const { features, targets } = example(90, 12, 1);
    const initial = initialNetwork([12, 70, 61, 33, 1], createGenerator(2));
    const options = { ...defaults, batch: 40, epochs: 12, patience: 20 };
    const used = createKernels({ portable: true });
    const { network, losses } = trainNetwork(initial, features, targets, options, createGenerator(3), used);
    const hash = createHash("sha256");
    for (const layer of network.layers) hash.update(new Uint8Array(layer.buffer, layer.byteOffset, layer.byteLength));
    hash.update(Float64Array.from(losses));
    hash.update(evaluateNetwork(network, features, used));
    expect(hash.digest("hex")).toBe("457d751911efcd16630fb539f90c097af99433c934cd7b09e674ca9d3d27f4c8");
  });

  it("shuffles the samples with the generator it is given", () => {
    const { features, targets } = example(50, 4, 1);
    const initial = initialNetwork([4, 8, 1], createGenerator(2));
    const run = (seed: number) =>
      trainNetwork(initial, features, targets, { ...defaults, batch: 10, epochs: 3 }, createGenerator(seed)).losses;
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it("stops with a clear error when it diverges", () => {
    const { features, targets } = example(20, 4, 1);
    const initial = initialNetwork([4, 8, 8, 1], createGenerator(2));
    expect(() => trainNetwork(initial, features, targets, { ...defaults, learningRate: 1e30 })).toThrow(/diverged/);
  });
});
