// Compiled by scripts/build.mjs into a plain and a relaxed WebAssembly module. All arguments that name memory are byte addresses.
export { update } from "./adam";
export { attend, attendBackward, averageRows, spreadRows } from "./attention";
export { convolve } from "./convolve";
export { correlate, sumPlaces } from "./correlate";
export { convolveDepthwise, correlateDepthwise } from "./depthwise";
export {
  addElements,
  addProduct,
  clear,
  copy,
  copyRows,
  dropoutMask,
  mish,
  multiplyElements,
  rectify,
  rectifyBackward,
  scale,
  sigmoid,
  sigmoidBackward,
  tangent,
  tangentBackward,
} from "./elementwise";
export { gather, relate, softmax, softmaxBackward } from "./graph";
export { activateRows, foldNormalisation, joinSides, normaliseRows, normaliseRowsBackward } from "./graphConvolution";
export { multiplyRows, transposeChannels } from "./graphProduct";
export { listRows, transposeLists } from "./lists";
export { crossEntropy, huber } from "./loss";
export { multiply, multiplyTransposed } from "./multiply";
export {
  normaliseBatch,
  normaliseBatchBackward,
  normaliseFixed,
  normaliseLayer,
  normaliseLayerBackward,
} from "./normalise";
export { adam, descend, sumSquares } from "./optimise";
export { packPanels, unpackPanels } from "./panels";
export {
  multiplySpread,
  poolAverage,
  poolAverageBackward,
  poolMaximum,
  poolMaximumBackward,
  spreadMiddle,
  sumMiddle,
  sumProducts,
} from "./pooling";
export { poolAverageSame, poolAverageSameBackward } from "./poolSame";
export { addLinked, addLinkedBackward } from "./linked";
export { factorise, invertFactor, invertFromFactor } from "./cholesky";
export { covariances, gradientSums } from "./covariance";
export { distancesDense, distancesSparse } from "./distances";
export {
  addBlock,
  multiplyBlock,
  explainBlock,
  relateDense,
  relateSparse,
  spreadDense,
  spreadSparse,
  weighBlock,
} from "./posterior";
export { addBlock64, explainBlock64, multiplyBlock64, relateDense64, relateSparse64, weighBlock64 } from "./posterior64";
