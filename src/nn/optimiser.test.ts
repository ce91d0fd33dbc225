import { describe, expect, test } from "vitest";
import { createGenerator } from "../random/index.js";
import { NetworkBuilder } from "./builder.js";
import { normal } from "./initial.js";
import type { Network } from "./network.js";
import { adam, clippingFactor, gradientDescent, type Optimiser } from "./optimiser.js";
import { cosineSchedule, stepSchedule } from "./schedule.js";

const COUNT = 11;
const STEPS = 7;
const RATE = 0.1;
const FACTOR = 1 / 8;

function openNetwork(): Network {
  const builder = new NetworkBuilder({ batch: 4 });
  builder.parameter(COUNT, "weight", normal(1));
  return builder.finish(createGenerator(1));
}

/** Runs an optimiser beside a reference in 64 bits that gets the weight, the gradient and its own memory. */
function difference(
  create: (network: Network) => Optimiser,
  reference: (weight: number, gradient: number, memory: number[], step: number) => number,
): number {
  const network = openNetwork();
  const [{ values, gradients }] = network.parameterViews();
  const generator = createGenerator("gradients");
  const expected = Float64Array.from(values);
  const memories = Array.from({ length: COUNT }, () => [0, 0]);
  const optimiser = create(network);
  for (let step = 1; step <= STEPS; step++) {
    for (let i = 0; i < COUNT; i++) {
      gradients[i] = 8 * generator.normal();
      expected[i] = reference(expected[i], FACTOR * gradients[i], memories[i], step);
    }
    optimiser.step(RATE, FACTOR);
  }
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - values[i])));
  // Padding stays zero, however many steps.
  expect(network.weights.slice(COUNT)).toEqual(new Float32Array(network.weights.length - COUNT));
  network.close();
  return worst;
}

function adamReference(l2: number, decay: number) {
  return (weight: number, given: number, memory: number[], step: number): number => {
    const gradient = given + l2 * weight;
    memory[0] = 0.9 * memory[0] + 0.1 * gradient;
    memory[1] = 0.999 * memory[1] + 0.001 * gradient * gradient;
    const mean = memory[0] / (1 - 0.9 ** step);
    const square = memory[1] / (1 - 0.999 ** step);
    return weight * (1 - RATE * decay) - (RATE * mean) / (Math.sqrt(square) + 1e-8);
  };
}

describe("optimisers agree with 64 bits", () => {
  test.each([
    [true, 0.01],
    [true, 0],
    [false, 0.01],
  ])("gradient descent, nesterov %s, l2 %d", (nesterov, l2) => {
    const create = (network: Network) => gradientDescent(network, { momentum: 0.9, nesterov, l2 });
    const reference = (weight: number, given: number, memory: number[]): number => {
      const gradient = given + l2 * weight;
      memory[0] = 0.9 * memory[0] + gradient;
      return weight - RATE * (nesterov ? gradient + 0.9 * memory[0] : memory[0]);
    };
    expect(difference(create, reference)).toBeLessThan(2e-6);
  });

  test("adam with a penalty", () => {
    expect(difference((network) => adam(network, { l2: 0.01 }), adamReference(0.01, 0))).toBeLessThan(1e-5);
  });

  test("adamw", () => {
    expect(difference((network) => adam(network, { decay: 0.1 }), adamReference(0, 0.1))).toBeLessThan(1e-5);
  });
});

test.each([
  ["gradient descent", (network: Network) => gradientDescent(network)],
  ["adam", (network: Network) => adam(network)],
])("%s forgets its moments where it restarts", (_, create) => {
  const network = openNetwork();
  const [{ values, gradients }] = network.parameterViews();
  const optimiser = create(network);
  const start = network.state();
  gradients.fill(1);
  optimiser.step(RATE);
  const once = values.slice();
  optimiser.step(RATE);
  optimiser.restart();
  network.load(start);
  optimiser.step(RATE);
  expect(values).toEqual(once);
  network.close();
});

test("gradients are clipped by their norm", () => {
  const network = openNetwork();
  network.parameterViews()[0].gradients.fill(2);
  const norm = 2 * Math.sqrt(COUNT);
  expect(clippingFactor(network, 100)).toBe(1);
  expect(clippingFactor(network, 1)).toBeCloseTo(1 / norm, 6);
  network.close();
});

test("the cosine schedule is half a cosine, and stays at its ends", () => {
  const schedule = cosineSchedule(0.1, 0.01);
  for (let t = 0; t <= 1; t += 1 / 64) {
    expect(schedule(t)).toBeCloseTo(0.01 + (0.09 * (1 + Math.cos(Math.PI * t))) / 2, 14);
  }
  expect(schedule(-1)).toBe(schedule(0));
  expect(schedule(2)).toBe(schedule(1));
});

test("the step schedule falls at its moments", () => {
  const schedule = stepSchedule(1, 0.5, [0.5, 0.75]);
  expect([0, 0.49, 0.5, 0.74, 0.75, 1].map(schedule)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25]);
});
