import { describe, expect, test } from "vitest";
import { createGenerator } from "../random/index.js";
import { NetworkBuilder } from "./builder.js";
import { crossEntropy, huber, klDivergence, type Loss, squaredError } from "./loss.js";
import type { Network } from "./network.js";
import type { Tensor } from "./tensor.js";

const BATCH = 8;
const CLASSES = 5;

interface Tried {
  readonly value: number;
  readonly gradient: Float64Array;
}

type Make = (builder: NetworkBuilder, outputs: Tensor, targets: Tensor, weights: Tensor) => Loss;

function tryLoss(
  make: Make,
  outputs: Float64Array,
  targets: Float64Array,
  weights: Float64Array,
  sharedWeights: boolean,
): Tried {
  const builder = new NetworkBuilder({ batch: BATCH });
  const output = builder.input(CLASSES, 1, 1, { gradient: true });
  const target = builder.input(CLASSES);
  const weight = builder.input(sharedWeights ? 1 : CLASSES);
  const loss = make(builder, output, target, weight);
  const network: Network = builder.finish();
  network.values(output).set(outputs);
  network.values(target).set(targets);
  network.values(weight).set(weights);
  network.forward(true);
  network.backward();
  const tried = { value: loss.value(), gradient: Float64Array.from(network.gradientOf(output)) };
  network.close();
  return tried;
}

/** In 64 bits, with `Math.exp` and `Math.log`. */
function crossEntropyReference(logits: Float64Array, targets: Float64Array, weights: Float64Array): number {
  let loss = 0;
  for (let n = 0; n < BATCH; n++) {
    const column = Array.from({ length: CLASSES }, (_, c) => logits[c * BATCH + n]);
    const largest = Math.max(...column);
    const offset = largest + Math.log(column.reduce((sum, x) => sum + Math.exp(x - largest), 0));
    for (let c = 0; c < CLASSES; c++) loss += weights[n] * targets[c * BATCH + n] * (offset - column[c]);
  }
  return loss;
}

function huberReference(outputs: Float64Array, targets: Float64Array, weights: Float64Array, limit: number): number {
  return outputs.reduce((sum, output, i) => {
    const error = Math.abs(output - targets[i]);
    return sum + weights[i] * (error <= limit ? (error * error) / 2 : limit * (error - limit / 2));
  }, 0);
}

/** Largest difference from central differences of the reference. */
function gradientDifference(
  gradient: Float64Array,
  outputs: Float64Array,
  reference: (x: Float64Array) => number,
): number {
  const step = 1e-5;
  return outputs.reduce((worst, value, i) => {
    const moved = (by: number) => reference(outputs.map((kept, j) => (j === i ? value + by : kept)));
    return Math.max(worst, Math.abs((moved(step) - moved(-step)) / (2 * step) - gradient[i]));
  }, 0);
}

const generator = createGenerator("losses");
const numbers = (length: number, scale = 1) =>
  Float64Array.from({ length }, () => Math.fround(scale * generator.normal()));
const logits = numbers(CLASSES * BATCH, 3);
const weights = Float64Array.from({ length: BATCH }, (_, n) => (n === 2 ? 0 : Math.fround(0.5 + generator.uniform())));

function hardTargets(): Float64Array {
  const targets = new Float64Array(CLASSES * BATCH);
  for (let n = 0; n < BATCH; n++) targets[generator.integer(CLASSES) * BATCH + n] = 1;
  return targets;
}

/** Distributions; a zero among them. */
function softTargets(): Float64Array {
  const targets = new Float64Array(CLASSES * BATCH);
  for (let n = 0; n < BATCH; n++) {
    const shares = Array.from({ length: CLASSES }, (_, c) => (c === n % CLASSES ? 0 : generator.uniform()));
    const sum = shares.reduce((total, share) => total + share, 0);
    for (let c = 0; c < CLASSES; c++) targets[c * BATCH + n] = Math.fround(shares[c] / sum);
  }
  return targets;
}

describe("cross-entropy", () => {
  test.each([
    ["hard", hardTargets()],
    ["soft", softTargets()],
    ["unnormalised", softTargets().map((share) => Math.fround(2 * share))],
  ])("with %s targets is that of 64 bits, and so is its gradient", (_, targets) => {
    const { value, gradient } = tryLoss(crossEntropy, logits, targets, weights, true);
    const reference = (x: Float64Array) => crossEntropyReference(x, targets, weights);
    expect(Math.abs(value / reference(logits) - 1)).toBeLessThan(1e-6);
    expect(gradientDifference(gradient, logits, reference)).toBeLessThan(2e-6);
  });

  test("of large logits neither overflows nor loses the small ones", () => {
    const large = logits.map((value, i) => Math.fround(value + (i % 2 === 0 ? 1000 : -1000)));
    const targets = hardTargets();
    const { value } = tryLoss(crossEntropy, large, targets, weights, true);
    expect(Math.abs(value / crossEntropyReference(large, targets, weights) - 1)).toBeLessThan(1e-6);
  });

  test("of a logit that is not a number is not a number", () => {
    const broken = logits.map((value, i) => (i === 0 ? Number.NaN : value));
    expect(tryLoss(crossEntropy, broken, hardTargets(), weights, true).value).toBeNaN();
  });

  test("of tensors that do not fit is refused", () => {
    const builder = new NetworkBuilder({ batch: 4 });
    expect(() => crossEntropy(builder, builder.input(3), builder.input(4), builder.input(1))).toThrow("one shape");
    expect(() => crossEntropy(builder, builder.input(3), builder.input(3), builder.input(3))).toThrow("one shape");
  });
});

describe("Kullback-Leibler divergence", () => {
  test("is the cross-entropy less the entropy of the targets", () => {
    const targets = softTargets();
    const { value, gradient } = tryLoss(klDivergence, logits, targets, weights, true);
    const entropy = targets.reduce((sum, p, i) => sum - (p > 0 ? weights[i % BATCH] * p * Math.log(p) : 0), 0);
    const reference = crossEntropyReference(logits, targets, weights) - entropy;
    expect(value).toBeGreaterThan(0);
    expect(Math.abs(value / reference - 1)).toBeLessThan(1e-5);
    expect(gradient).toEqual(tryLoss(crossEntropy, logits, targets, weights, true).gradient);
  });

  test("is zero where both distributions agree", () => {
    const targets = softTargets();
    const same = targets.map((p) => (p > 0 ? Math.log(p) : -60));
    expect(Math.abs(tryLoss(klDivergence, same, targets, weights, true).value)).toBeLessThan(1e-5);
  });
});

describe("Huber loss", () => {
  test.each([0.5, 2, Number.POSITIVE_INFINITY])(
    "with a limit of %d is that of 64 bits, and so is its gradient",
    (limit) => {
      const targets = numbers(CLASSES * BATCH);
      const each = numbers(CLASSES * BATCH).map(Math.abs);
      const make: Make = (builder, ...tensors) => huber(builder, ...tensors, limit);
      const { value, gradient } = tryLoss(make, logits, targets, each, false);
      const reference = (x: Float64Array) => huberReference(x, targets, each, limit);
      expect(Math.abs(value / reference(logits) - 1)).toBeLessThan(1e-6);
      expect(gradientDifference(gradient, logits, reference)).toBeLessThan(1e-5);
      if (limit === Number.POSITIVE_INFINITY) {
        expect(tryLoss(squaredError, logits, targets, each, false)).toEqual({ value, gradient });
      }
    },
  );
});
