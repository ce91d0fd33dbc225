export {
  type BuildFigures,
  type BuildOptions,
  type BuildOutcome,
  type BuildProgress,
  buildBenchmark,
  findRecipe,
  parseRecipe,
  type Recipe,
  recipes,
  type SeedAgreement,
  type Spread,
  type Train,
  type TrainingControls,
  type TrialOptions,
  type TrialOutcome,
  trainOn,
  tryRecipe,
} from "./build/index.js";
export { type CompareOptions, checkBudget, compare } from "./compare.js";
export { readEvaluationsCsv } from "./earlierEvaluations.js";
export { readEarlierTrials } from "./earlierTrials.js";
export { type ExportOptions, exportCsv, exportParquet } from "./export/index.js";
export { correlationFigure } from "./figures/correlation.js";
export { bestTestFigure, regretFigure, testOfBestLabelFigure } from "./figures/curves.js";
export { histogramFigure } from "./figures/histogram.js";
export { reproductionFigure } from "./figures/reproduction.js";
export {
  labelAgainstFlopsFigure,
  learningCurvesFigure,
  predictedAgainstMeasuredFigure,
  searchProgressFigure,
} from "./figures/search.js";
export { type PredictOptions, predict } from "./predict.js";
export type { ExperimentProgress } from "./progress.js";
export type { RandomSearchOutlook } from "./randomSearch.js";
export { askRecommendation } from "./recommendation.js";
export {
  type CompareReport,
  type CompareResult,
  compareReportSchema,
  type PredictReport,
  type PredictResult,
  predictReportSchema,
  type Summary,
} from "./report.js";
export {
  type ReproduceOptions,
  type ReproduceReport,
  type Reproduction,
  type ReproductionEstimate,
  reproduce,
  reproduceReportSchema,
  reproductions,
} from "./reproduce/index.js";
export { type RunRecommendation, runTabular, type TabularRun, type TabularRunOptions } from "./runTabular.js";
export { reportSearch, type SearchReport, type SearchTraining, searchReportSchema } from "./searchReport.js";
export { type SearchSetup, setUpSpaceSearch, setUpTableSearch } from "./searchSetup.js";
export {
  type ReportedStudy,
  type ReportedTrial,
  reportStoredTrial,
  reportStudies,
  reportStudy,
  type StoredTrialReport,
  type StudiesReport,
  type StudyReport,
  type StudyReportOptions,
  storedTrialReportSchema,
  studiesReportSchema,
  studyReportSchema,
} from "./studyReport.js";
export { experimentTasks } from "./tasks.js";
