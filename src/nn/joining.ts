import type { NetworkBuilder } from "./builder.js";
import { checkSameShape, type Tensor } from "./tensor.js";

/** The sum of tensors of one shape, each with a factor (default 1). */
export function add(builder: NetworkBuilder, inputs: readonly Tensor[], factors?: readonly number[]): Tensor {
  checkSameShape("add", inputs);
  const [{ channels, height, width }] = inputs;
  const { functions } = builder;
  const output = builder.tensor(channels, height, width);
  const factorOf = (i: number): number => factors?.[i] ?? 1;
  const uses = inputs.map((input, i) => builder.use(input, factorOf(i) === 1 ? output : undefined));
  const vectors = output.storage.length / 4;
  const addsTwo = inputs.length > 1 && factorOf(0) === 1 && factorOf(1) === 1;
  builder.step({
    forward() {
      const { value } = output.storage;
      if (addsTwo) functions.addElements(inputs[0].storage.value, inputs[1].storage.value, value, vectors);
      for (let i = addsTwo ? 2 : 0; i < inputs.length; i++) {
        const { storage } = inputs[i];
        const adds = i === 0 ? 0 : 1;
        if (factorOf(i) === 1) functions.copy(storage.value, value, vectors, adds);
        else functions.scale(storage.value, factorOf(i), value, vectors, adds);
      }
    },
    backward() {
      // Backwards, so that of two equal inputs the later one writes first.
      for (let i = inputs.length - 1; i >= 0; i--) {
        const use = uses[i];
        if (use === undefined) continue;
        const { gradient } = inputs[i].storage;
        if (gradient === output.storage.gradient) continue;
        if (factorOf(i) === 1) functions.copy(output.storage.gradient, gradient, vectors, use.adds);
        else functions.scale(output.storage.gradient, factorOf(i), gradient, vectors, use.adds);
      }
    },
  });
  return output;
}

/** The product of two tensors of one shape, number by number. */
export function multiply(builder: NetworkBuilder, first: Tensor, second: Tensor): Tensor {
  checkSameShape("multiply", [first, second]);
  const { functions } = builder;
  const output = builder.tensor(first.channels, first.height, first.width);
  const [useFirst, useSecond] = [builder.use(first), builder.use(second)];
  const vectors = output.storage.length / 4;
  builder.step({
    forward: () => functions.multiplyElements(first.storage.value, second.storage.value, output.storage.value, vectors),
    backward() {
      const { gradient } = output.storage;
      for (const [use, to, other] of [
        [useSecond, second, first],
        [useFirst, first, second],
      ] as const) {
        if (use === undefined) continue;
        if (use.adds === 1) functions.addProduct(gradient, other.storage.value, to.storage.gradient, vectors);
        else functions.multiplyElements(gradient, other.storage.value, to.storage.gradient, vectors);
      }
    },
  });
  return output;
}

/** The channels of several tensors one after the other; their places must be the same. */
export function concatenate(builder: NetworkBuilder, inputs: readonly Tensor[]): Tensor {
  checkSameShape(
    "concatenate",
    inputs.map((input) => ({ ...input, channels: 1 })),
  );
  const [{ height, width }] = inputs;
  const { functions } = builder;
  const output = builder.tensor(
    inputs.reduce((sum, { channels }) => sum + channels, 0),
    height,
    width,
  );
  const uses = inputs.map((input) => builder.use(input));
  let offset = 0;
  const offsets = inputs.map(({ storage }) => {
    offset += storage.length;
    return 4 * (offset - storage.length);
  });
  builder.step({
    forward() {
      for (const [i, { storage }] of inputs.entries()) {
        functions.copy(storage.value, output.storage.value + offsets[i], storage.length / 4, 0);
      }
    },
    backward() {
      for (let i = inputs.length - 1; i >= 0; i--) {
        const { storage } = inputs[i];
        const use = uses[i];
        if (use === undefined) continue;
        functions.copy(output.storage.gradient + offsets[i], storage.gradient, storage.length / 4, use.adds);
      }
    },
  });
  return output;
}

/** Cuts the channels of a tensor into parts of the given sizes, which must use all of them. */
export function split(builder: NetworkBuilder, input: Tensor, sizes: readonly number[]): Tensor[] {
  const { channels, height, width, storage } = input;
  if (sizes.reduce((sum, size) => sum + size, 0) !== channels) {
    throw new RangeError(`parts of ${sizes.join(", ")} channels do not make up ${channels}`);
  }
  const { functions } = builder;
  const outputs = sizes.map((size) => builder.tensor(size, height, width));
  const use = builder.use(input);
  builder.step({
    forward() {
      let from = storage.value;
      for (const { storage: part } of outputs) {
        functions.copy(from, part.value, part.length / 4, 0);
        from += 4 * part.length;
      }
    },
    backward() {
      if (use === undefined) return;
      let to = storage.gradient;
      for (const { storage: part } of outputs) {
        functions.copy(part.gradient, to, part.length / 4, use.adds);
        to += 4 * part.length;
      }
    },
  });
  return outputs;
}

/** Some of the channels of a tensor, one after the other from `first` on. */
export function takeChannels(builder: NetworkBuilder, input: Tensor, first: number, count: number): Tensor {
  const { channels, height, width, storage } = input;
  if (!(first >= 0 && count > 0 && first + count <= channels)) {
    throw new RangeError(`channels ${first} to ${first + count - 1} of ${channels} cannot be taken`);
  }
  const { functions, batch } = builder;
  const output = builder.tensor(count, height, width);
  const use = builder.use(input);
  const offset = 4 * first * height * width * batch;
  const vectors = output.storage.length / 4;
  builder.step({
    forward: () => functions.copy(storage.value + offset, output.storage.value, vectors, 0),
    backward() {
      if (use === undefined) return;
      if (use.adds === 0) functions.clear(storage.gradient, storage.length / 4);
      functions.copy(output.storage.gradient, storage.gradient + offset, vectors, 1);
    },
  });
  return output;
}

/** Each channel times a number of its own for every sample: `factors` is channels x 1 x 1. */
export function scaleChannels(builder: NetworkBuilder, input: Tensor, factors: Tensor): Tensor {
  const { channels, height, width } = input;
  checkSameShape("scaleChannels", [{ ...input, height: 1, width: 1 }, factors]);
  const { functions, run } = builder;
  const output = builder.tensor(channels, height, width);
  const [useInput, useFactors] = [builder.use(input), builder.use(factors)];
  const [x, f, o] = [input.storage, factors.storage, output.storage];
  const axes = [channels, height * width, run] as const;
  builder.step({
    forward: () => functions.multiplySpread(x.value, f.value, o.value, ...axes, 0),
    backward() {
      if (useFactors !== undefined) functions.sumProducts(o.gradient, x.value, f.gradient, ...axes, useFactors.adds);
      if (useInput !== undefined) functions.multiplySpread(o.gradient, f.value, x.gradient, ...axes, useInput.adds);
    },
  });
  return output;
}
