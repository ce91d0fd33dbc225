import type { EpochReport } from "../evaluator/contract.js";
import type { Trial } from "./trial.js";

/** What happens in a study. */
export interface StudyEvents {
  /** The strategy has suggested trials. */
  readonly ask: { readonly numbers: readonly number[] };
  /** An attempt at a trial begins. */
  readonly begin: { readonly number: number };
  /** A training has finished an epoch. */
  readonly epoch: EpochReport & { readonly number: number };
  /** An attempt failed, and there will be another. `attempt` counts the failed ones. */
  readonly retry: { readonly number: number; readonly failure: string; readonly attempt: number };
  /** A trial is done or has failed. */
  readonly trial: Trial;
  /** Somebody else has taken the study over, or its storage is gone. */
  readonly fault: { readonly error: unknown };
}

type Listeners = { [Kind in keyof StudyEvents]: Set<(event: StudyEvents[Kind]) => void> };

/** Those who want to hear what happens in a study. */
export class StudyListeners {
  readonly #listeners: Listeners = {
    ask: new Set(),
    begin: new Set(),
    epoch: new Set(),
    retry: new Set(),
    trial: new Set(),
    fault: new Set(),
  };

  add<Kind extends keyof StudyEvents>(kind: Kind, listener: (event: StudyEvents[Kind]) => void): () => void {
    this.#listeners[kind].add(listener);
    return () => void this.#listeners[kind].delete(listener);
  }

  tell<Kind extends keyof StudyEvents>(kind: Kind, event: StudyEvents[Kind]): void {
    for (const listener of this.#listeners[kind]) listener(event);
  }
}
