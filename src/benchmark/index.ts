export { benchmarkFromHandle, benchmarkFromPack } from "./benchmark.js";
export { type Budget, type BudgetOptions, budgetLimited, type LimitedBenchmark } from "./budgetLimited.js";
export type {
  Benchmark,
  BenchmarkHandle,
  BenchmarkPart,
  Column,
  EstimationCode,
  Labels,
  Metric,
  Pack,
  PackMetadata,
  TrainingRecipe,
} from "./contract.js";
export { createTableEstimation, type EstimationTable, estimationFromTable, readEstimationTable } from "./estimation.js";
export type { ImportFormat } from "./import/format.js";
export { type ImportOptions, importBenchmark, importFormats } from "./import/index.js";
export { costsOfBenchmark, findCost, lookUpCosts, whyNoCost } from "./knownCosts.js";
export { noisy } from "./noisy.js";
export {
  type BenchmarkListing,
  howToGetBenchmarks,
  listBenchmarks,
  type OpenBenchmarkOptions,
  openBenchmark,
  openNamedPack,
} from "./open.js";
export { openEstimation } from "./openEstimation.js";
export { optima } from "./optimum.js";
export type { PackContents } from "./pack/contents.js";
export { createPack } from "./pack/memory.js";
export { type OpenPackOptions, openPack } from "./pack/open.js";
export { savePack } from "./pack/write.js";
export { cacheFolder, type Place, packPlaces, userFolder } from "./places.js";
export { randomSeed } from "./randomSeed.js";
export { restrictBenchmark } from "./restricted.js";
export type { ProgressListener } from "./table/converter.js";
export { withLabelRule } from "./withLabelRule.js";
