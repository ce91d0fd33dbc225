import type { Initialiser, NetworkBuilder } from "./builder.js";
import { he } from "./initial.js";
import { padded } from "./padded.js";
import type { Tensor } from "./tensor.js";

const WINDOW = 3;
const TAPS = WINDOW * WINDOW;

/**
 * A 3x3 convolution of every channel for itself, padded with zeros. Weight (channel, tap) is number channel * 9 + tap.
 *
 * @returns the shape of the input
 */
export function depthwiseConvolution(
  builder: NetworkBuilder,
  input: Tensor,
  { initial = he(TAPS) }: { readonly initial?: Initialiser } = {},
): Tensor {
  const { channels, height, width } = input;
  const { functions, batch, run } = builder;
  const weights = builder.parameter(channels * TAPS, "weight", initial);
  const output = builder.tensor(channels, height, width);
  builder.multiplyAccumulates += channels * TAPS * height * width;
  const source = padded(builder, input, true);
  const use = builder.use(input);
  const delta = padded(builder, output, true, "gradient");
  const place = 4 * batch;
  const row = width * place;
  const offsets = builder.table(
    Int32Array.from({ length: TAPS }, (_, tap) => Math.floor(tap / WINDOW) * source.row + (tap % WINDOW) * place),
  );

  builder.step({
    forward() {
      const { value } = output.storage;
      functions.convolveDepthwise(
        ...([weights.value, TAPS, 0, channels] as const),
        ...([source.address, offsets.address, source.row, 0, source.plane] as const),
        ...([height, 1, width * run] as const),
        ...([value, row, 0, height * row, 0] as const),
      );
    },
    backward() {
      const { gradient } = output.storage;
      functions.correlateDepthwise(
        ...([weights.gradient, TAPS, channels] as const),
        ...([source.address, offsets.address, source.row, 0, source.plane] as const),
        ...([height, 1, width * run] as const),
        ...([gradient, row, 0, height * row] as const),
      );
      if (use === undefined) return;
      delta.fill();
      functions.convolveDepthwise(
        ...([weights.value, TAPS, 1, channels] as const),
        ...([delta.address, offsets.address, delta.row, 0, delta.plane] as const),
        ...([height, 1, width * run] as const),
        ...([input.storage.gradient, row, 0, height * row, use.adds] as const),
      );
    },
  });
  return output;
}
