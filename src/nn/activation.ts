import type { NetworkBuilder } from "./builder.js";
import { reshape, type Tensor } from "./tensor.js";

/** max(x, 0). A tensor is rectified once, however many layers ask for it. */
export function rectify(builder: NetworkBuilder, input: Tensor): Tensor {
  const { functions } = builder;
  const { channels, height, width } = input;
  const rectified = builder.derive(input, "rectified", () => {
    const output = elementwise(
      builder,
      input,
      (source, target, vectors) => functions.rectify(source, target, vectors),
      (output, delta, target, vectors, adds) => functions.rectifyBackward(output, delta, target, vectors, adds),
    );
    builder.onRectify?.(output);
    return output;
  });
  // The first to ask may have seen the same numbers in another shape.
  return reshape(rectified, channels, height, width);
}

/** 1 / (1 + e^-x). */
export function sigmoid(builder: NetworkBuilder, input: Tensor): Tensor {
  const { functions } = builder;
  return elementwise(
    builder,
    input,
    (source, target, vectors) => functions.sigmoid(source, target, vectors),
    (output, delta, target, vectors, adds) => functions.sigmoidBackward(output, delta, target, vectors, adds),
  );
}

/** tanh(x). */
export function tangent(builder: NetworkBuilder, input: Tensor): Tensor {
  const { functions } = builder;
  return elementwise(
    builder,
    input,
    (source, target, vectors) => functions.tangent(source, target, vectors),
    (output, delta, target, vectors, adds) => functions.tangentBackward(output, delta, target, vectors, adds),
  );
}

/** x tanh(log(1 + e^x)) (Misra 2019). */
export function mish(builder: NetworkBuilder, input: Tensor): Tensor {
  const { functions } = builder;
  const slope = builder.memory(4 * input.storage.length);
  return elementwise(
    builder,
    input,
    (source, target, vectors) => functions.mish(source, target, slope.address, vectors),
    (_, delta, target, vectors, adds) => {
      if (adds === 1) functions.addProduct(delta, slope.address, target, vectors);
      else functions.multiplyElements(delta, slope.address, target, vectors);
    },
  );
}

function elementwise(
  builder: NetworkBuilder,
  input: Tensor,
  forward: (source: number, target: number, vectors: number) => void,
  backward: (output: number, delta: number, target: number, vectors: number, adds: 0 | 1) => void,
): Tensor {
  const { channels, height, width, storage } = input;
  const output = builder.tensor(channels, height, width);
  const use = builder.use(input);
  const vectors = storage.length / 4;
  builder.step({
    forward: () => forward(storage.value, output.storage.value, vectors),
    backward() {
      if (use === undefined) return;
      backward(output.storage.value, output.storage.gradient, storage.gradient, vectors, use.adds);
    },
  });
  return output;
}
