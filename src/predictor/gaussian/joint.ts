import type { Arena } from "../../kernels/arena.js";
import type { Matrix } from "../../kernels/matrix.js";
import { type Factor, writeParameters } from "./factor.js";
import { type Observations, triangle } from "./observations.js";
import type { Parameters } from "./parameters.js";
import { strideFor } from "./triangular.js";

/** What is known of several rows together. */
export interface JointPrediction {
  /** One value for each row. */
  readonly mean: Float64Array;
  /** Of the function without noise, rows x rows, symmetric. */
  readonly covariance: Float64Array;
}

/**
 * Means and covariance of chosen rows of a pool, in 64-bit floats throughout: the rows are appended to the covariance of the
 * observations, and what the factor leaves of their corner is their covariance.
 *
 * @param weights the inverse of the covariance of the observations times the labels
 */
export function predictJoint(
  arena: Arena,
  observations: Observations,
  parameters: Parameters,
  factor: Factor,
  weights: Float64Array,
  pool: Matrix,
  chosen: ArrayLike<number>,
): JointPrediction {
  const { count, groups } = observations;
  const size = chosen.length;
  const all = count + size;
  const stride = strideFor(all + 2);
  const cornerStride = strideFor(size + 2);
  const pairs = triangle(all) - triangle(count) + 1;
  const scratch = arena.allocate(64);
  const constants = arena.allocate(16 * groups.length);
  const distances = arena.allocate(8 * pairs * groups.length);
  const matrix = arena.allocate(8 * stride * (all + 1));
  const corner = arena.allocate(8 * cornerStride * (size + 1));
  writeParameters(arena, constants, parameters);
  groups.forEach((_, group) => {
    const view = arena.doubles(distances + 8 * pairs * group, pairs);
    view.set(observations.distancesTo(group, pool, chosen));
    view[pairs - 1] = 0;
  });
  const rows = arena.doubles(matrix, stride * (all + 1));
  for (let row = 0; row < count; row++) {
    rows.set(factor.data.subarray(row * factor.stride, row * factor.stride + row + 1), row * stride);
  }
  const { functions } = arena;
  const origin = distances - 8 * triangle(count);
  const { variance } = parameters;
  functions.covariances(origin, groups.length, 8 * pairs, constants, variance, count, all, matrix, 8 * stride);

  const mean = new Float64Array(size);
  const left = arena.doubles(corner, cornerStride * size);
  for (let row = 0; row < size; row++) {
    const start = (count + row) * stride;
    for (let i = 0; i < count; i++) mean[row] += rows[start + i] * weights[i];
    left.set(rows.subarray(start + count, start + count + row + 1), row * cornerStride);
  }
  functions.factorise(matrix, 8 * stride, count, all, count, scratch);
  for (let row = 0; row < size; row++) rows[(count + row) * stride + count] = 0;
  const appended = matrix + 8 * stride * count;
  functions.takeProducts(appended, 8 * stride, size, count, corner, 8 * cornerStride, scratch);

  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = left[i * cornerStride + j];
      covariance[i * size + j] = i === j ? Math.max(0, value) : value;
      covariance[j * size + i] = covariance[i * size + j];
    }
  }
  return { mean, covariance };
}
