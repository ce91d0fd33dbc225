import type { NetworkBuilder } from "./builder.js";
import type { Tensor } from "./tensor.js";

/** The mean over all places of each channel: channels x 1 x 1 (global average pooling). */
export function averagePlaces(builder: NetworkBuilder, input: Tensor): Tensor {
  const { channels, height, width } = input;
  const output = builder.tensor(channels);
  averageMiddle(builder, input, output, { outer: channels, middle: height * width, inner: builder.run });
  return output;
}

/** The mean over all channels of each place: 1 x height x width. */
export function averageChannels(builder: NetworkBuilder, input: Tensor): Tensor {
  const { channels, height, width } = input;
  const output = builder.tensor(1, height, width);
  averageMiddle(builder, input, output, { outer: 1, middle: channels, inner: height * width * builder.run });
  return output;
}

interface Axes {
  readonly outer: number;
  readonly middle: number;
  readonly inner: number;
}

function averageMiddle(builder: NetworkBuilder, input: Tensor, output: Tensor, { outer, middle, inner }: Axes): void {
  const { functions } = builder;
  const use = builder.use(input);
  const [from, to] = [input.storage, output.storage];
  builder.step({
    forward: () => functions.sumMiddle(from.value, to.value, outer, middle, inner, 1 / middle, 0),
    backward() {
      if (use === undefined) return;
      functions.spreadMiddle(to.gradient, from.gradient, outer, middle, inner, 1 / middle, use.adds);
    },
  });
}
