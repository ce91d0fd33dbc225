import type { NetworkBuilder } from "./builder.js";
import type { Tensor } from "./tensor.js";

/*
 * Graphs of V vertices: features are channels x V x 1, a matrix (adjacency or attention) is 1 x V x V, row i holding what vertex
 * i takes from each vertex j.
 */

/**
 * For every vertex the sum of the features of all vertices, weighted by its row of the matrix (by its column where
 * `transposed`), times a factor.
 */
export function gather(
  builder: NetworkBuilder,
  matrix: Tensor,
  features: Tensor,
  { transposed = false, factor = 1 } = {},
): Tensor {
  const { channels, height: vertices } = features;
  const { functions, run } = builder;
  const output = builder.tensor(channels, vertices);
  const [useMatrix, useFeatures] = [builder.use(matrix), builder.use(features)];
  const [m, f, o] = [matrix.storage, features.storage, output.storage];
  const [forwards, backwards] = transposed ? [1, 0] : [0, 1];
  builder.step({
    forward: () => functions.gather(m.value, forwards, f.value, o.value, channels, vertices, run, factor, 0),
    backward() {
      if (useFeatures !== undefined) {
        functions.gather(m.value, backwards, o.gradient, f.gradient, channels, vertices, run, factor, useFeatures.adds);
      }
      if (useMatrix !== undefined) {
        const [left, right] = transposed ? [f.value, o.gradient] : [o.gradient, f.value];
        functions.relate(left, right, m.gradient, channels, vertices, run, factor, useMatrix.adds);
      }
    },
  });
  return output;
}

/** The inner product of the features of every two vertices: 1 x V x V, element (i, j) from `left` of i and `right` of j. */
export function relate(builder: NetworkBuilder, left: Tensor, right: Tensor, { factor = 1 } = {}): Tensor {
  const { channels, height: vertices } = left;
  const { functions, run } = builder;
  const output = builder.tensor(1, vertices, vertices);
  const [useLeft, useRight] = [builder.use(left), builder.use(right)];
  const [l, r, o] = [left.storage, right.storage, output.storage];
  builder.step({
    forward: () => functions.relate(l.value, r.value, o.value, channels, vertices, run, factor, 0),
    backward() {
      if (useRight !== undefined) {
        functions.gather(o.gradient, 1, l.value, r.gradient, channels, vertices, run, factor, useRight.adds);
      }
      if (useLeft !== undefined) {
        functions.gather(o.gradient, 0, r.value, l.gradient, channels, vertices, run, factor, useLeft.adds);
      }
    },
  });
  return output;
}
