import type { Study, Trial, WaitEvent } from "../../study/index.js";
import { note, type Session } from "../session.js";
import { formatMeasured, formatSeconds } from "../text/numbers.js";
import { createProgressLine } from "../text/progressLine.js";

/** What a person sees while a search runs. */
export interface SearchProgress {
  onTrial(trial: Trial): void;
  onWait(event: WaitEvent): void;
  clear(): void;
}

/** A line with queries, the best label and the time left, and a word where the search waits for room. */
export function showSearch(session: Session, budget: number, study: Study, isTrained: boolean): SearchProgress {
  const line = createProgressLine(session);
  const started = performance.now();
  const before = study.finished;
  let done = 0;
  let best = study.best()?.label ?? Number.NEGATIVE_INFINITY;
  const what = isTrained ? "trainings" : "queries";
  const describeBest = () => (isTrained ? `best ${formatMeasured(best)} %` : `best label ${formatMeasured(best)}`);
  // The first training takes a while, and somebody may wonder whether anything happens.
  if (isTrained) line.show({ done: before, total: budget, what });
  return {
    clear: line.clear,
    onTrial({ label }) {
      done++;
      if (label > best) best = label;
      const seconds = (performance.now() - started) / 1000;
      line.show({
        done: before + done,
        total: budget,
        what,
        text: describeBest(),
        secondsLeft: (seconds / done) * (budget - before - done),
      });
    },
    onWait(event) {
      line.clear();
      if (event.kind === "ends") return note(session, "the search goes on");
      const { error, seconds } = event;
      note(session, `${error.message} The search waits, ${formatSeconds(seconds)} at most; nothing is lost.`);
    },
  };
}
