export { type CollectedReport, type CollectOptions, collectReport } from "./collect.js";
export type { ReportHead, ReportStudy, ReportViews } from "./contract.js";
export { type ReportFileParts, writeReportFile } from "./reportFile.js";
