import type { ExperimentProgress } from "../../experiment/progress.js";
import type { createProgressLine } from "../text/progressLine.js";

/** Shows how far an experiment is; the time left is guessed once a twentieth is done. */
export function showExperiment(
  line: ReturnType<typeof createProgressLine>,
  { stepsDone, steps, runsDone, runs, seconds }: ExperimentProgress,
  what: string,
): void {
  line.show({
    done: stepsDone,
    total: steps,
    what,
    ...(runs === steps ? {} : { text: `${runsDone}/${runs} runs` }),
    secondsLeft: stepsDone * 20 < steps ? undefined : (seconds / stepsDone) * (steps - stepsDone),
  });
}
