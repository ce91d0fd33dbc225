import type { Session } from "../session.js";
import { formatSeconds } from "./numbers.js";

/** What a progress line shows. */
export interface ProgressState {
  readonly done: number;
  readonly total: number;
  /** What is counted: "queries". */
  readonly what: string;
  /** Further words, such as the best so far. */
  readonly text?: string;
  /** Seconds until the end, where they can be guessed. */
  readonly secondsLeft?: number | undefined;
}

const REDRAW_MILLISECONDS = 100;
const LINE_EVERY_MILLISECONDS = 30_000;
const BAR_WIDTH = 20;

/**
 * One line on the error stream that is redrawn while a person watches; elsewhere a line every half minute, so that logs
 * of long runs show that something happens and those of short ones stay empty.
 */
export function createProgressLine(session: Session): { show(state: ProgressState): void; clear(): void } {
  const { err, errColours } = session.terminal;
  let drawn = false;
  let last = err.isTerminal ? 0 : performance.now();
  return {
    show(state) {
      const now = performance.now();
      const ended = state.done >= state.total && err.isTerminal;
      if (now - last < (err.isTerminal ? REDRAW_MILLISECONDS : LINE_EVERY_MILLISECONDS) && !ended) return;
      last = now;
      if (err.isTerminal) {
        const filled = Math.round((BAR_WIDTH * state.done) / Math.max(1, state.total));
        const bar = errColours.cyan("█".repeat(filled)) + errColours.dim("░".repeat(BAR_WIDTH - filled));
        const words = describe(state).slice(0, Math.max(0, err.columns - BAR_WIDTH - 4));
        err.write(`\r\u001b[K${bar}  ${words}`);
        drawn = true;
      } else {
        err.write(`${describe(state)}\n`);
      }
    },
    clear() {
      if (drawn) err.write("\r\u001b[K");
      drawn = false;
    },
  };
}

function describe({ done, total, what, text, secondsLeft }: ProgressState): string {
  const parts = [`${done}/${total} ${what}`];
  if (text !== undefined) parts.push(text);
  if (secondsLeft !== undefined && done < total) parts.push(`about ${formatSeconds(secondsLeft)} left`);
  return parts.join(" · ");
}
