import { createBatchWriter } from "../../../dataset/augment.js";
import { batchNormalisation } from "../../../nn/batchNormalisation.js";
import { NetworkBuilder } from "../../../nn/builder.js";
import type { Tensor } from "../../../nn/tensor.js";
import type { Generator } from "../../../random/index.js";
import { cellNetworkOf } from "../buildable.js";
import type { ProxyInput } from "./index.js";

/**
 * NASWOT (Mellor et al. 2021): the logarithm of the determinant of the matrix that counts, for every two images of a batch, the rectified
 * units that are both on or both off. An untrained network that tells images apart has a large one. Where the matrix is singular, as it
 * is for a network without a path, each vanishing pivot counts as the smallest number of 64 bits (-744), so that the score is finite.
 */
export function naswot({ space, architecture, dataset, settings }: ProxyInput, generator: Generator): number {
  const { channels, cells, stages, batch } = settings;
  const builder = new NetworkBuilder({ batch, gradients: false });
  const rectified: Tensor[] = [];
  builder.onRectify = (tensor) => rectified.push(tensor);
  const image = builder.input(dataset.channels, dataset.height, dataset.width);
  cellNetworkOf(space)(
    { builder, normalise: (input) => batchNormalisation(builder, input), afterCell: (output) => output },
    image,
    architecture,
    { channels, cells, stages, classes: dataset.classes.length },
    space,
  );
  const network = builder.finish(generator.split("weights"));
  const indices = Int32Array.from(generator.split("images").choose(batch, dataset.training.count));
  const targets = new Float32Array(batch * dataset.classes.length);
  createBatchWriter(dataset, dataset.training).write(indices, network.values(image), targets);
  network.forward(true);

  // Units that are on for both, and for each image how many are on: both off are the rest.
  const both = new Float64Array(batch * batch);
  let units = 0;
  const on = new Int32Array(batch);
  for (const tensor of rectified) {
    const values = network.values(tensor);
    for (let start = 0; start < values.length; start += batch) {
      units++;
      let count = 0;
      for (let sample = 0; sample < batch; sample++) if (values[start + sample] > 0) on[count++] = sample;
      for (let i = 0; i < count; i++) {
        const row = on[i] * batch;
        for (let j = 0; j < count; j++) both[row + on[j]]++;
      }
    }
  }
  network.close();
  const alike = new Float64Array(batch * batch);
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < batch; j++) {
      alike[i * batch + j] = units - both[i * batch + i] - both[j * batch + j] + 2 * both[i * batch + j];
    }
  }
  return logarithmOfDeterminant(alike, batch);
}

/** log |det| by Gaussian elimination with pivots; a pivot of zero counts as the smallest number that 64 bits hold. */
function logarithmOfDeterminant(matrix: Float64Array, size: number): number {
  let logarithm = 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row * size + column]) > Math.abs(matrix[pivot * size + column])) pivot = row;
    }
    if (pivot !== column) {
      for (let k = 0; k < size; k++) {
        const kept = matrix[column * size + k];
        matrix[column * size + k] = matrix[pivot * size + k];
        matrix[pivot * size + k] = kept;
      }
    }
    const head = matrix[column * size + column];
    logarithm += Math.log(Math.max(Math.abs(head), Number.MIN_VALUE));
    if (head === 0) continue;
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row * size + column] / head;
      if (factor === 0) continue;
      for (let k = column; k < size; k++) matrix[row * size + k] -= factor * matrix[column * size + k];
    }
  }
  return logarithm;
}
