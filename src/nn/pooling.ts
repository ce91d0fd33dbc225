import type { NetworkBuilder } from "./builder.js";
import type { Tensor } from "./tensor.js";

/** Options of `pooling`. */
export interface PoolingOptions {
  readonly kind: "average" | "maximum";
  readonly window: number;
  readonly stride: number;
  /** Places added on each side; they never count. Default 0. */
  readonly padding?: number;
}

/** The mean or the largest of the numbers in each window; what lies beyond the edge does not count. */
export function pooling(builder: NetworkBuilder, input: Tensor, options: PoolingOptions): Tensor {
  const { kind, window, stride, padding = 0 } = options;
  if (kind === "average" && window === 3 && stride === 1 && padding === 1) return averageSame(builder, input);
  const { channels, height, width, storage } = input;
  const { functions, run } = builder;
  const outputSize = (size: number): number => Math.floor((size + 2 * padding - window) / stride) + 1;
  const output = builder.tensor(channels, outputSize(height), outputSize(width));
  const use = builder.use(input);
  const shape = [channels, height, width, run, window, stride, padding, output.height, output.width] as const;
  builder.step({
    forward() {
      const { value } = output.storage;
      if (kind === "average") functions.poolAverage(storage.value, value, ...shape);
      else functions.poolMaximum(storage.value, value, ...shape);
    },
    backward() {
      if (use === undefined) return;
      if (use.adds === 0) functions.clear(storage.gradient, storage.length / 4);
      const { value, gradient } = output.storage;
      if (kind === "average") functions.poolAverageBackward(gradient, storage.gradient, ...shape);
      else functions.poolMaximumBackward(storage.value, value, gradient, storage.gradient, ...shape);
    },
  });
  return output;
}

/** The pooling of cells: a window of 3x3 that keeps the size. */
function averageSame(builder: NetworkBuilder, input: Tensor): Tensor {
  const { channels, height, width, storage } = input;
  const { functions, run, batch } = builder;
  const output = builder.tensor(channels, height, width);
  const use = builder.use(input);
  const scratch = builder.scratch(4 * height * width * batch);
  const shape = [channels, height, width, run] as const;
  builder.step({
    forward: () => functions.poolAverageSame(storage.value, output.storage.value, ...shape, scratch.address),
    backward() {
      if (use === undefined) return;
      const { gradient } = output.storage;
      functions.poolAverageSameBackward(gradient, storage.gradient, ...shape, use.adds, scratch.address);
    },
  });
  return output;
}
