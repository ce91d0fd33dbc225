import type { SearchSetup } from "../../../src/experiment/searchSetup.js";
import type { Trial } from "../../../src/study/trial.js";

/** What one run needs. */
export interface RunRequest {
  readonly strategy: string;
  readonly batch: number;
  readonly seed: number;
}

/** A search for an objective. */
export interface ObjectiveSearch {
  readonly setup: SearchSetup;
  /** How good the architecture of a trial is by the objective, without noise; NaN where it does not count. */
  readonly worthOf: (trial: Trial) => number;
}

/** Something to maximise on some space. */
export interface Objective {
  /** Where and what: "nasbench201/cifar10: minus edgegpu_latency". */
  readonly name: string;
  /** What a strategy sees and what counts, in words. */
  readonly rule: string;
  /** Left out unless it is named: takes much time or memory. */
  readonly onRequest?: boolean;
  /** Whether what it needs is here; if not, says why. */
  readonly isHere: () => Promise<boolean>;
  /** Ready for one run; what runs on one thread can share is made once. */
  readonly prepare: (request: RunRequest) => Promise<ObjectiveSearch>;
  /** What a run counts with that found nothing yet, where evaluations may fail: the worst value that there is. */
  readonly worst?: () => Promise<number>;
}
