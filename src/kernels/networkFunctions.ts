import type { WindowFunctions } from "./windowFunctions.js";

/**
 * The kernels of `nn/`: addresses and steps are in bytes, lengths in vectors of four numbers, and the batch is the last axis of
 * every tensor. `assembly/` says what each does.
 */
export interface NetworkFunctions extends WindowFunctions {
  sumPlaces(delta: number, channels: number, vectors: number, gradient: number): void;
  clear(target: number, vectors: number): void;
  copy(source: number, target: number, vectors: number, accumulate: number): void;
  copyRows(
    source: number,
    sourcePlane: number,
    sourceRow: number,
    target: number,
    targetPlane: number,
    targetRow: number,
    planes: number,
    rows: number,
    vectors: number,
    accumulate: number,
  ): void;
  addElements(first: number, second: number, target: number, vectors: number): void;
  multiplyElements(first: number, second: number, target: number, vectors: number): void;
  addProduct(first: number, second: number, target: number, vectors: number): void;
  scale(source: number, factor: number, target: number, vectors: number, accumulate: number): void;
  rectify(source: number, target: number, vectors: number): void;
  rectifyBackward(output: number, delta: number, target: number, vectors: number, accumulate: number): void;
  mish(source: number, target: number, slope: number, vectors: number): void;
  sigmoid(source: number, target: number, vectors: number): void;
  sigmoidBackward(output: number, delta: number, target: number, vectors: number, accumulate: number): void;
  tangent(source: number, target: number, vectors: number): void;
  tangentBackward(output: number, delta: number, target: number, vectors: number, accumulate: number): void;
  dropoutMask(seed: number, share: number, kept: number, target: number, vectors: number): void;
  normaliseBatch(
    source: number,
    target: number,
    channels: number,
    vectors: number,
    scales: number,
    shifts: number,
    means: number,
    inverses: number,
    runningMeans: number,
    runningVariances: number,
    kept: number,
    epsilon: number,
  ): void;
  normaliseFixed(
    source: number,
    target: number,
    channels: number,
    vectors: number,
    scales: number,
    shifts: number,
    runningMeans: number,
    runningVariances: number,
    epsilon: number,
  ): void;
  normaliseBatchBackward(
    source: number,
    delta: number,
    target: number,
    channels: number,
    vectors: number,
    scales: number,
    means: number,
    inverses: number,
    scaleGradients: number,
    shiftGradients: number,
    accumulate: number,
  ): void;
  normaliseLayer(
    source: number,
    target: number,
    channels: number,
    vectors: number,
    scales: number,
    shifts: number,
    means: number,
    inverses: number,
    epsilon: number,
  ): void;
  normaliseLayerBackward(
    source: number,
    delta: number,
    target: number,
    channels: number,
    vectors: number,
    scales: number,
    means: number,
    inverses: number,
    scaleGradients: number,
    shiftGradients: number,
    accumulate: number,
  ): void;
  multiplySpread: WithFactors;
  sumProducts: WithFactors;
  sumMiddle: AlongMiddle;
  spreadMiddle: AlongMiddle;
  gather(
    matrix: number,
    transposed: number,
    source: number,
    target: number,
    channels: number,
    vertices: number,
    run: number,
    factor: number,
    accumulate: number,
  ): void;
  relate(
    left: number,
    right: number,
    target: number,
    channels: number,
    vertices: number,
    run: number,
    factor: number,
    accumulate: number,
  ): void;
  addLinked(
    source: number,
    sourceLine: number,
    target: number,
    targetLine: number,
    channels: number,
    starts: number,
    entries: number,
    samples: number,
    bias: number,
  ): void;
  addLinkedBackward(
    delta: number,
    deltaLine: number,
    target: number,
    targetLine: number,
    channels: number,
    starts: number,
    entries: number,
    samples: number,
    biasGradient: number,
  ): void;
  normaliseRows(
    source: number,
    starts: number,
    entries: number,
    rows: number,
    width: number,
    directions: number,
    target: number,
    factor: number,
    scales: number,
    shifts: number,
    runningMeans: number,
    runningVariances: number,
    kept: number,
    epsilon: number,
    normals: number,
    slopes: number,
    inverses: number,
  ): void;
  normaliseRowsBackward(
    delta: number,
    starts: number,
    entries: number,
    rows: number,
    width: number,
    directions: number,
    target: number,
    sourceRows: number,
    accumulate: number,
    scales: number,
    scaleGradients: number,
    shiftGradients: number,
    normals: number,
    slopes: number,
    inverses: number,
    scratch: number,
  ): void;
  foldNormalisation(
    width: number,
    directions: number,
    scales: number,
    shifts: number,
    means: number,
    variances: number,
    epsilon: number,
    target: number,
  ): void;
  activateRows(
    source: number,
    size: number,
    starts: number,
    entries: number,
    rows: number,
    width: number,
    directions: number,
    folded: number,
    factor: number,
    target: number,
    scratch: number,
  ): void;
  joinSides(along: number, against: number, places: number, rows: number, width: number, target: number): void;
  attend(
    queries: number,
    keys: number,
    values: number,
    features: number,
    places: number,
    width: number,
    graphs: number,
    vertices: number,
    starts: number,
    entries: number,
    direction: number,
    target: number,
    shares: number,
    common: number,
    scratch: number,
  ): void;
  attendBackward(
    delta: number,
    queries: number,
    keys: number,
    values: number,
    width: number,
    graphs: number,
    vertices: number,
    starts: number,
    entries: number,
    direction: number,
    shares: number,
    common: number,
    queryGradient: number,
    keyGradient: number,
    valueGradient: number,
    scratch: number,
  ): void;
  averageRows(source: number, graphs: number, vertices: number, width: number, target: number): void;
  spreadRows(delta: number, graphs: number, vertices: number, width: number, target: number, accumulate: number): void;
  multiplyRows(
    source: number,
    row: number,
    step: number,
    rows: number,
    depth: number,
    weights: number,
    outputs: number,
    target: number,
    accumulate: number,
  ): void;
  transposeChannels(source: number, channels: number, vectors: number, target: number): void;
  softmax(source: number, target: number, outer: number, middle: number, inner: number): void;
  softmaxBackward(
    output: number,
    delta: number,
    target: number,
    outer: number,
    middle: number,
    inner: number,
    accumulate: number,
  ): void;
  crossEntropy(
    logits: number,
    targets: number,
    weights: number,
    probabilities: number,
    delta: number,
    classes: number,
    run: number,
  ): number;
  huber(outputs: number, targets: number, weights: number, delta: number, vectors: number, limit: number): number;
  sumSquares(source: number, vectors: number): number;
  adam(
    weights: number,
    gradients: number,
    means: number,
    squares: number,
    vectors: number,
    factor: number,
    l2: number,
    decay: number,
    rate: number,
    epsilon: number,
    keepMean: number,
    keepSquare: number,
  ): void;
  descend(
    weights: number,
    gradients: number,
    velocities: number,
    vectors: number,
    factor: number,
    l2: number,
    rate: number,
    momentum: number,
    nesterov: number,
  ): void;
}

type AlongMiddle = (
  source: number,
  target: number,
  outer: number,
  middle: number,
  inner: number,
  factor: number,
  accumulate: number,
) => void;

type WithFactors = (
  source: number,
  other: number,
  target: number,
  outer: number,
  middle: number,
  inner: number,
  accumulate: number,
) => void;
