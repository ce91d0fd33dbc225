export type { MeasureName, StrategyComparison, StrategyMeasure, StrategyView } from "./contract.js";
export { type StrategyRuns, viewStrategies } from "./viewStrategies.js";
