/** The kernels of Gaussian processes: addresses and strides are in bytes. `assembly/` says what each does. */
export interface GaussianFunctions {
  factorise(matrix: number, stride: number, first: number, last: number, columns: number, scratch: number): number;
  invertFactor(factor: number, inverse: number, stride: number, first: number, last: number, scratch: number): void;
  invertFromFactor(inverse: number, target: number, stride: number, size: number, scratch: number): void;
  covariances(
    distances: number,
    groups: number,
    groupBytes: number,
    parameters: number,
    diagonal: number,
    first: number,
    last: number,
    target: number,
    stride: number,
    correlations: number,
  ): void;
  gradientSums(
    distances: number,
    groups: number,
    groupBytes: number,
    parameters: number,
    correlations: number,
    rows: number,
    inverse: number,
    stride: number,
    weights: number,
    sums: number,
  ): void;
  distancesDense(own: number, others: number, bytes: number, count: number, scale: number, target: number): void;
  distancesSparse(
    spread: number,
    square: number,
    starts: number,
    entries: number,
    squares: number,
    count: number,
    scale: number,
    target: number,
  ): void;
  spreadDense(source: number, stride: number, count: number, width: number, block: number, squares: number): void;
  spreadSparse(
    source: number,
    stride: number,
    count: number,
    pairs: number,
    lines: number,
    columns: number,
    block: number,
    squares: number,
  ): void;
  relateDense(
    block: number,
    width: number,
    observed: number,
    observations: number,
    rate: number,
    level: number,
    accumulate: number,
    target: number,
  ): void;
  relateDense64(
    block: number,
    width: number,
    observed: number,
    observations: number,
    rate: number,
    amplitude: number,
    accumulate: number,
    target: number,
  ): void;
  relateSparse(
    block: number,
    starts: number,
    entries: number,
    lengths: number,
    observations: number,
    squares: number,
    rate: number,
    level: number,
    accumulate: number,
    target: number,
  ): void;
  relateSparse64(
    block: number,
    starts: number,
    entries: number,
    lengths: number,
    observations: number,
    squares: number,
    rate: number,
    amplitude: number,
    accumulate: number,
    target: number,
  ): void;
  multiplyBlock(target: number, source: number, bytes: number): void;
  multiplyBlock64(target: number, source: number, bytes: number): void;
  addBlock(target: number, source: number, factor: number, bytes: number): void;
  addBlock64(target: number, source: number, factor: number, bytes: number): void;
  weighBlock(covariance: number, observations: number, weights: number, target: number): void;
  weighBlock64(covariance: number, observations: number, weights: number, target: number): void;
  explainBlock(covariance: number, observations: number, panels: number, target: number): void;
  explainBlock64(covariance: number, observations: number, panels: number, target: number): void;
}
