export type { Reproduction, ReproductionMethod, ReproductionPanel } from "./contract.js";
export type { ReproductionEstimate } from "./estimate.js";
export { reproductionPage } from "./markdown.js";
export { readingsOf } from "./readings.js";
export {
  type ReproducePanel,
  type ReproduceReading,
  type ReproduceReport,
  reproduceReportSchema,
} from "./report.js";
export { type ReproduceOptions, reproduce } from "./reproduce.js";
export { reproductions } from "./reproductions.js";
export type { SubjectSource } from "./subjects.js";
export { orderTable, panelTable, type TextTable } from "./table.js";
