import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readZip } from "../../../src/benchmark/archive/zip.js";
import { createFunctionEvaluator } from "../../../src/evaluator/function.js";
import { setUpSpaceSearch } from "../../../src/experiment/searchSetup.js";
import { type ChoiceDefinition, type ChoiceValues, createChoiceSpace } from "../../../src/space/index.js";
import type { Objective } from "./objective.js";

const STAGES = 5;
const LAYERS = 4;
const resolutions = [160, 176, 192, 208, 224];
const kernelSizes = [3, 5, 7];
const expansions = [3, 4, 6];
/** Channels, and strides of the first layers, of the stages of MobileNetV3-Large with a width of 1. */
const channels = [16, 24, 40, 80, 112, 160];
const strides = [2, 2, 2, 1, 2];

const file = (): string => join(process.env["ASSAY_DATA"] ?? "", "ofa_mbv3", "ofa_mbv3_acc_predictor_weights.npz");

/**
 * The once-for-all MobileNetV3 space (Cai et al., 2020), about 10^19 networks, with the accuracy that its published predictor gives.
 * The FLOPs are those of the inverted bottlenecks only.
 */
function definition(): ChoiceDefinition {
  const parameters: Record<string, ChoiceDefinition["parameters"][string]> = { resolution: resolutions };
  for (let stage = 1; stage <= STAGES; stage++) {
    parameters[`depth${stage}`] = [2, 3, 4];
    for (let layer = 1; layer <= LAYERS; layer++) {
      const when = layer === 3 ? [3, 4] : [4];
      const condition = layer <= 2 ? {} : { when: { [`depth${stage}`]: when } };
      parameters[`kernel${stage}_${layer}`] = { levels: kernelSizes, ...condition };
      parameters[`expansion${stage}_${layer}`] = { levels: expansions, ...condition };
    }
  }
  return { name: "once-for-all-mbv3", parameters, cost: { flops: { value: flops, unit: "MAC" } } };
}

function flops(values: ChoiceValues): number {
  let side = Number(values["resolution"]) / 2;
  let sum = 0;
  for (let stage = 1; stage <= STAGES; stage++) {
    for (let layer = 1; layer <= Number(values[`depth${stage}`]); layer++) {
      const input = channels[layer === 1 ? stage - 1 : stage];
      const middle = input * Number(values[`expansion${stage}_${layer}`]);
      const kernel = Number(values[`kernel${stage}_${layer}`]);
      sum += input * middle * side * side;
      if (layer === 1) side = Math.ceil(side / strides[stage - 1]);
      sum += middle * side * side * (kernel * kernel + channels[stage]);
    }
  }
  return sum;
}

/** What the predictor reads: one-hot kernels, one-hot expansions, one-hot resolution; layers that are not there are zeros. */
function inputOf(values: ChoiceValues): Float64Array {
  const input = new Float64Array(128);
  for (let stage = 1; stage <= STAGES; stage++) {
    for (let layer = 1; layer <= Number(values[`depth${stage}`]); layer++) {
      const at = 3 * (LAYERS * (stage - 1) + layer - 1);
      input[at + kernelSizes.indexOf(Number(values[`kernel${stage}_${layer}`]))] = 1;
      input[60 + at + expansions.indexOf(Number(values[`expansion${stage}_${layer}`]))] = 1;
    }
  }
  input[120 + (Number(values["resolution"]) - 112) / 16] = 1;
  return input;
}

/** A numpy file of 32-bit floats in row-major order, version 1. */
function readArray(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder("latin1").decode(bytes.subarray(10, start));
  if (!(bytes[6] === 1 && header.includes("'<f4'") && header.includes("'fortran_order': False")))
    throw new Error(`Not an array of 32-bit floats in row-major order: ${header}`);
  return Float32Array.from({ length: (bytes.byteLength - start) / 4 }, (_, i) => view.getFloat32(start + 4 * i, true));
}

type AccuracyPredictor = (values: ChoiceValues) => number;

function readPredictor(): AccuracyPredictor {
  const entries = readZip(readFileSync(file()), 10_000_000, file());
  const array = (name: string): Float32Array => {
    const entry = entries.get(`${name}.npy`);
    if (entry === undefined) throw new Error(`${file()} has no array ${name}.`);
    return readArray(entry());
  };
  const layers = [0, 2, 4, 6].map((layer) => ({ weight: array(`${layer}_weight`), bias: array(`${layer}_bias`) }));
  return (values) => {
    let activations = inputOf(values);
    for (const [depth, { weight, bias }] of layers.entries()) {
      const output = Float64Array.from(bias);
      for (let row = 0; row < output.length; row++) {
        const at = row * activations.length;
        for (let i = 0; i < activations.length; i++) output[row] += weight[at + i] * activations[i];
        if (depth < layers.length - 1 && output[row] < 0) output[row] = 0;
      }
      activations = output;
    }
    return 100 * activations[0];
  };
}

let predictor: AccuracyPredictor | undefined;

function objective(what: string, rule: string, value: (accuracy: number, megaflops: number) => number): Objective {
  return {
    name: `once-for-all: ${what}`,
    rule,
    async isHere() {
      if (!existsSync(file())) console.error("Without once-for-all: its predictor is not in the folder of ASSAY_DATA.");
      return existsSync(file());
    },
    async prepare({ strategy, batch, seed }) {
      predictor ??= readPredictor();
      const accuracy = predictor;
      const evaluator = createFunctionEvaluator(({ parameters = {}, cost }) =>
        value(accuracy(parameters), (cost?.["flops"] ?? Number.NaN) / 1e6),
      );
      const setup = setUpSpaceSearch({ space: createChoiceSpace(definition()), evaluator, strategy, batch, seed });
      return { setup, worthOf: ({ label }) => label };
    },
  };
}

export const onceForAllObjectives: readonly Objective[] = [
  objective("predicted accuracy", "accuracy in percent by the published predictor", (accuracy) => accuracy),
  objective(
    "predicted accuracy - 3 log FLOPs",
    "accuracy in percent by the published predictor minus 3 times the natural logarithm of the FLOPs",
    (accuracy, megaflops) => accuracy - 3 * Math.log(megaflops),
  ),
];
