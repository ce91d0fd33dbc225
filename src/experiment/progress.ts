/** How far an experiment is. */
export interface ExperimentProgress {
  /** Queries or fits that are done, of all runs together. */
  readonly stepsDone: number;
  readonly steps: number;
  readonly runsDone: number;
  readonly runs: number;
  /** Seconds since the start. */
  readonly seconds: number;
}
