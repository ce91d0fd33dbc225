import type { NetworkBuilder } from "./builder.js";
import type { Tensor } from "./tensor.js";

/** Softmax over the columns of each row (attention), or over the channels of each place. */
export function softmax(builder: NetworkBuilder, input: Tensor, over: "columns" | "channels"): Tensor {
  const { channels, height, width, storage } = input;
  const { functions, run } = builder;
  const output = builder.tensor(channels, height, width);
  const use = builder.use(input);
  const axes =
    over === "columns" ? ([channels * height, width, run] as const) : ([1, channels, height * width * run] as const);
  builder.step({
    forward: () => functions.softmax(storage.value, output.storage.value, ...axes),
    backward() {
      if (use === undefined) return;
      functions.softmaxBackward(output.storage.value, output.storage.gradient, storage.gradient, ...axes, use.adds);
    },
  });
  return output;
}
