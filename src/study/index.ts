export type { StudyEvents } from "./events.js";
export {
  type CreateStudyOptions,
  createStudy,
  type KeptStudyOptions,
  keepStudy,
  type StudyPlace,
} from "./openStudy.js";
export type { WaitEvent } from "./recordPatiently.js";
export { type RunEnd, type RunOptions, runStudy } from "./run.js";
export { type SearchOptions, type SearchResult, search } from "./search.js";
export type {
  BriefTrial,
  NewStudy,
  Storage,
  StoredAttempt,
  StoredStudy,
  StoredTrial,
  StudyOwner,
  StudyProgress,
  StudySummary,
  StudyWriter,
  TrialSelection,
  TrialState,
} from "./storage/contract.js";
export { createMemoryStorage } from "./storage/memory.js";
export { type StrategySetup, type StrategySetupOptions, setUpStrategy } from "./strategySetup.js";
export { Study } from "./study.js";
export type { AskedTrial, StudyParts } from "./studyParts.js";
export { bestTrial, type Trial } from "./trial.js";
