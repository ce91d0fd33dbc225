import type { Initialiser, NetworkBuilder, Parameter } from "./builder.js";
import { he, zeros } from "./initial.js";
import { type Axis, BLOCK, planRegions, stretchesOf, type Term } from "./regions.js";
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
  const place = 4 * batch;
  const reach = (window - 1) / 2;
  const inputPlane = height * width * place;
  const outputPlane = output.height * output.width * place;
  const rows: Axis = {
    count: output.height,
    step: stride,
    size: height,
    source: width * place,
    target: output.width * place,
  };
  const columns: Axis = { count: output.width, step: stride, size: width, source: place, target: place };
  const scratch = builder.scratch(16 * (Math.min(BLOCK, Math.max(depth, outputs * taps)) + 1));

  const terms = Array.from({ length: depth }, (_, k): Term => {
    const tap = k % taps;
    const [y, x] = [Math.floor(tap / window), tap % window];
    return { plane: ((k - tap) / taps) * inputPlane, down: y - reach, right: x - reach };
  });
  const weightOffsets = builder.table(Int32Array.from({ length: depth }, (_, k) => 4 * k * outputs));
  const forward = planRegions(builder, terms, rows, columns, run);
  const channelWeights = builder.table(Int32Array.from({ length: channels }, (_, c) => 4 * c * taps * outputs));
  const channelOffsets = builder.table(Int32Array.from({ length: channels }, (_, c) => c * inputPlane));
  const correlations = builder.gradients ? tapCorrelations() : [];
  const use = builder.use(input);
  const backward = use === undefined ? [] : backwardPasses();

  /** The gradient of the weights of each tap: only places whose neighbour lies inside the image count. */
  function tapCorrelations() {
    return terms.slice(0, taps).flatMap(({ down, right }, tap) => {
      const row = stretchesOf([down], rows).find(({ inside }) => inside(down));
      const column = stretchesOf([right], columns).find(({ inside }) => inside(right));
      if (row === undefined || column === undefined) return [];
      // Rows in one piece are one place; so is the whole image, where the window is a point.
      const inRows = stride === 1 ? { width: 1, run: column.count * run } : { width: column.count, run };
      return {
        weights: 4 * tap * outputs,
        input: (row.first * stride + down) * rows.source + (column.first * stride + right) * place,
        delta: row.first * rows.target + column.first * place,
        ...(stride === 1 && window === 1
          ? { height: 1, width: 1, run: height * width * run }
          : { height: row.count, ...inRows }),
      };
    });
  }

  /** The gradient of the input: one pass for stride 1, one for every parity of row and column for stride 2. */
  function backwardPasses() {
    const passes = [];
    for (let a = 0; a < stride; a++) {
      for (let b = 0; b < stride; b++) {
        const weightOffset: number[] = [];
        const passTerms: Term[] = [];
        for (let o = 0; o < outputs; o++) {
          for (let y = 0; y < window; y++) {
            for (let x = 0; x < window; x++) {
              const [down, right] = [(a + reach - y) / stride, (b + reach - x) / stride];
              if (!(Number.isInteger(down) && Number.isInteger(right))) continue;
              weightOffset.push(4 * ((y * window + x) * outputs + o));
              passTerms.push({ plane: o * outputPlane, down, right });
            }
          }
        }
        const passRows: Axis = {
          count: Math.ceil((height - a) / stride),
          step: 1,
          size: output.height,
          source: rows.target,
          target: stride * rows.source,
        };
        const passColumns: Axis = {
          count: Math.ceil((width - b) / stride),
          step: 1,
          size: output.width,
          source: place,
          target: stride * place,
        };
        if (passTerms.length === 0) continue;
        passes.push({
          depth: passTerms.length,
          weightOffsets: builder.table(Int32Array.from(weightOffset)),
          plan: planRegions(builder, passTerms, passRows, passColumns, run),
          target: a * rows.source + b * place,
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
        BLOCK,
        forward.regions.address,
        forward.count,
        forward.entries.address,
        input.storage.value,
        stride * rows.source,
        stride * place,
        output.storage.value,
        rows.target,
        place,
        outputPlane,
        0,
        scratch.address,
      );
    },
    backward() {
      const { gradient } = output.storage;
      for (const correlation of correlations) {
        functions.correlate(
          weights.gradient + correlation.weights,
          channelWeights.address,
          4,
          outputs,
          channels,
          input.storage.value + correlation.input,
          channelOffsets.address,
          stride * rows.source,
          stride * place,
          correlation.height,
          correlation.width,
          correlation.run,
          gradient + correlation.delta,
          rows.target,
          place,
          outputPlane,
        );
      }
      if (biases !== undefined) {
        functions.sumPlaces(gradient, outputs, output.height * output.width * run, biases.gradient);
      }
      if (use === undefined) return;
      // With a window of one and stride 2, three of four places have no gradient.
      const writes = use.adds === 0 && window >= stride ? 0 : 1;
      if (use.adds === 0 && writes === 1) functions.clear(input.storage.gradient, input.storage.length / 4);
      for (const { depth: passDepth, weightOffsets: passWeights, plan, target } of backward) {
        functions.convolve(
          weights.value,
          passWeights.address,
          4 * taps * outputs,
          0,
          channels,
          passDepth,
          BLOCK,
          plan.regions.address,
          plan.count,
          plan.entries.address,
          gradient,
          rows.target,
          place,
          input.storage.gradient + target,
          stride * rows.source,
          stride * place,
          inputPlane,
          writes,
          scratch.address,
        );
      }
    },
  });
  return output;
}
