import type { Initialiser, NetworkBuilder } from "../../nn/builder.js";
import { glorot } from "../../nn/initial.js";
import type { Tensor } from "../../nn/tensor.js";
import { selfLinks } from "./links.js";
import { activation } from "./rowLayers.js";

/** Numbers for each sample of the codes of a network: a one behind them stands for the biases, a zero makes them even. */
export function codeNumbers(codeLength: number): number {
  return 2 * Math.ceil((codeLength + 1) / 2);
}

/**
 * The keys of the fine branch: a dense layer makes a row of channels for each vertex out of a code; batch normalisation and mish
 * follow.
 *
 * @param codes `codeNumbers(codeLength)` numbers for each sample, those of a sample side by side
 */
export function codeKeys(
  builder: NetworkBuilder,
  codes: Tensor,
  { codeLength, vertices, width }: { readonly codeLength: number; readonly vertices: number; readonly width: number },
): Tensor {
  const { batch, functions } = builder;
  const { multiplyRows } = functions;
  const depth = codeNumbers(codeLength);
  const outputs = vertices * width;
  const known = glorot(codeLength, outputs);
  const initial: Initialiser = (values, generator) => known(values.subarray(0, codeLength * outputs), generator);
  const weights = builder.parameter(depth * outputs, "weight", initial);
  const rows = vertices * batch;
  const own = selfLinks(rows);
  const links = { starts: builder.table(own.starts), entries: builder.table(own.entries) };
  const activated = activation(builder, { links, back: links, width, vertices, directions: 1 });
  const spread = builder.memory(4 * outputs * batch);
  builder.step({
    forward() {
      const { value } = codes.storage;
      multiplyRows(value, 4 * depth, 4, batch, depth, weights.value, outputs, spread.address, 0);
      activated.forward(spread.address);
    },
    backward() {
      activated.backward(spread.address, rows, 0);
      multiplyRows(codes.storage.value, 4, 4 * depth, depth, batch, spread.address, outputs, weights.gradient, 1);
    },
  });
  return activated.output;
}
