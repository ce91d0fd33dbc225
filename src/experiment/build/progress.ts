/** How far a build is. */
export interface BuildProgress {
  /** Trainings that are done, those of earlier runs included. */
  readonly done: number;
  readonly trainings: number;
  /** Seconds until the end; undefined until enough were done to tell. */
  readonly secondsLeft: number | undefined;
}
