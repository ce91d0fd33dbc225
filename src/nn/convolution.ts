import type { Initialiser, NetworkBuilder, Parameter } from "./builder.js";
import { he, zeros } from "./initial.js";
import { padded } from "./padded.js";
import type { Tensor } from "./tensor.js";

/** Options of `convolution`. */
export interface ConvolutionOptions {
  readonly outputs: number;
  /** Edge of the window; 3 is padded with zeros, so that stride 1 keeps the size. Default 3. */
  readonly window?: 1 | 3;
  /** Default 1. */
  readonly stride?: 1 | 2;
  /** Whether a bias is added. Default false: batch normalisation follows as a rule. */
  readonly bias?: boolean;
  /** Default: He et al. 2015. */
  readonly initial?: Initialiser;
  /** Weights that several layers share, made by `convolutionWeights`; then `bias` and `initial` do not count. */
  readonly weights?: ConvolutionWeights;
}

/** Weights, and biases where there are any. */
export interface ConvolutionWeights {
  readonly weights: Parameter;
  readonly biases: Parameter | undefined;
}

/** Weights for one convolution, or for several that share them. */
export function convolutionWeights(
  builder: NetworkBuilder,
  channels: number,
  { outputs, window = 3, bias = false, initial }: ConvolutionOptions,
): ConvolutionWeights {
  const depth = channels * window * window;
  return {
    weights: builder.parameter(depth * outputs, "weight", initial ?? he(depth)),
    biases: bias ? builder.parameter(outputs, "bias", zeros) : undefined,
  };
}

interface Geometry {
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
  readonly run: number;
}

/**
 * A convolution over the places of a tensor. Weight (input, tap, output) is number (input * taps + tap) * outputs + output.
 *
 * @returns outputs x ceil(height / stride) x ceil(width / stride)
 * @example
 * const smaller = convolution(builder, image, { outputs: 16, stride: 2 });
 */
export function convolution(builder: NetworkBuilder, input: Tensor, options: ConvolutionOptions): Tensor {
  const { outputs, window = 3, stride = 1 } = options;
  const { channels, height, width } = input;
  const { functions, batch, run } = builder;
  const taps = window * window;
  const depth = channels * taps;
  const { weights, biases } = options.weights ?? convolutionWeights(builder, channels, options);
  const output = builder.tensor(outputs, Math.ceil(height / stride), Math.ceil(width / stride));
  builder.multiplyAccumulates += (depth + (biases === undefined ? 0 : 1)) * outputs * output.height * output.width;
  const source = padded(builder, input, window === 3);
  const place = 4 * batch;
  const columns = output.width * place;
  const scratch = builder.scratch(16 * (Math.max(depth, outputs * taps) + 1));

  const weightOffsets = builder.table(Int32Array.from({ length: depth }, (_, k) => 4 * k * outputs));
  const inputOffsets = builder.table(
    Int32Array.from({ length: depth }, (_, k) => {
      const tap = k % taps;
      return ((k - tap) / taps) * source.plane + Math.floor(tap / window) * source.row + (tap % window) * place;
    }),
  );
  const geometry = geometryOf();
  const use = builder.use(input);
  const backward = use === undefined ? [] : backwardPasses();
  const delta = padded(builder, output, window === 3, "gradient");

  function geometryOf(): Geometry {
    if (stride === 2)
      return { row: 2 * source.row, column: 2 * place, height: output.height, width: output.width, run };
    if (window === 1) return { row: 0, column: 0, height: 1, width: 1, run: height * width * run };
    return { row: source.row, column: 0, height, width: 1, run: width * run };
  }

  /** The gradient of the input: one pass for stride 1, one for every parity of row and column for stride 2. */
  function backwardPasses() {
    const reach = (window - 1) / 2;
    const rowOf = window === 3 ? (output.width + 2) * place : columns;
    const planeOf = window === 3 ? (output.height + 2) * rowOf : output.height * columns;
    const passes = [];
    for (let a = 0; a < stride; a++) {
      for (let b = 0; b < stride; b++) {
        const weightOffset: number[] = [];
        const inputOffset: number[] = [];
        for (let o = 0; o < outputs; o++) {
          for (let y = 0; y < window; y++) {
            for (let x = 0; x < window; x++) {
              const [down, right] = [(a + reach - y) / stride, (b + reach - x) / stride];
              if (!(Number.isInteger(down) && Number.isInteger(right))) continue;
              weightOffset.push(4 * ((y * window + x) * outputs + o));
              inputOffset.push(o * planeOf + (reach + down) * rowOf + (reach + right) * place);
            }
          }
        }
        passes.push({
          depth: weightOffset.length,
          weightOffsets: builder.table(Int32Array.from(weightOffset)),
          inputOffsets: builder.table(Int32Array.from(inputOffset)),
          target: (a * width + b) * place,
          height: Math.ceil((height - a) / stride),
          width: Math.ceil((width - b) / stride),
        });
      }
    }
    return passes;
  }

  builder.step({
    forward() {
      functions.convolve(
        weights.value,
        weightOffsets.address,
        4,
        biases?.value ?? 0,
        outputs,
        depth,
        source.address,
        inputOffsets.address,
        geometry.row,
        geometry.column,
        geometry.height,
        geometry.width,
        geometry.run,
        output.storage.value,
        columns,
        place,
        output.height * columns,
        0,
        scratch.address,
      );
    },
    backward() {
      const { gradient } = output.storage;
      functions.correlate(
        weights.gradient,
        weightOffsets.address,
        4,
        outputs,
        depth,
        source.address,
        inputOffsets.address,
        geometry.row,
        geometry.column,
        geometry.height,
        geometry.width,
        geometry.run,
        gradient,
        columns,
        place,
        output.height * columns,
      );
      if (biases !== undefined) {
        functions.sumPlaces(gradient, outputs, output.height * output.width * run, biases.gradient);
      }
      if (use === undefined) return;
      delta.fill();
      // With a window of one and stride 2, three of four places have no gradient.
      const writes = use.adds === 0 && window >= stride ? 0 : 1;
      if (use.adds === 0 && writes === 1) functions.clear(input.storage.gradient, input.storage.length / 4);
      const whole = stride === 1 && window === 1;
      for (const pass of backward) {
        if (pass.depth === 0) continue;
        functions.convolve(
          weights.value,
          pass.weightOffsets.address,
          4 * taps * outputs,
          0,
          channels,
          pass.depth,
          delta.address,
          pass.inputOffsets.address,
          delta.row,
          place,
          whole ? 1 : pass.height,
          stride === 1 ? 1 : pass.width,
          whole ? height * width * run : stride === 1 ? width * run : run,
          input.storage.gradient + pass.target,
          stride * width * place,
          stride * place,
          height * width * place,
          writes,
          scratch.address,
        );
      }
    },
  });
  return output;
}
