import type { StudyView, TrialColumns } from "../../../../src/view/contract.js";

/** A study with all its trials: what its figures are drawn from. */
export interface StudyTrials {
  readonly view: StudyView;
  readonly trials: TrialColumns;
}
