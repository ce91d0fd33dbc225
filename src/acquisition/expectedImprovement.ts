import { defineOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { requireDeviations } from "./needs.js";
import { logStandardImprovement } from "./normal.js";
import { selectByScore } from "./ranking.js";

/**
 * The expected gain over the best label so far, for a normal prediction. The best are found by its logarithm, which still
 * tells candidates apart where the gain itself underflows to zero.
 */
export const expectedImprovementDefinition: AcquisitionDefinition = {
  name: "expected-improvement",
  description: "Largest expected gain over the best label so far",
  source: "Jones, Schonlau and Welch 1998; logarithm as in Ament et al., NeurIPS 2023",
  needs: "standard-deviation",
  options: defineOptions({}),
  create: () => ({
    select(input) {
      const { mean } = input.prediction;
      const deviations = requireDeviations("expected-improvement", input);
      const scores = new Float64Array(mean.length);
      for (const row of input.eligible) {
        scores[row] = logExpectedImprovement(mean[row], deviations[row], input.best);
      }
      return selectByScore(scores, mean, input.eligible, input.count, input.generator);
    },
  }),
};

/**
 * E[max(f - best, 0)] for f normal with this mean and standard deviation. 0 where it underflows, the plain difference where
 * the deviation is zero.
 *
 * @example
 * expectedImprovement(1, 1, 1); // 0.3989422804014327
 */
export function expectedImprovement(mean: number, standardDeviation: number, best: number): number {
  return Math.exp(logExpectedImprovement(mean, standardDeviation, best));
}

/** The logarithm of `expectedImprovement`, exact far below the best as well; -Infinity where there is no chance. */
export function logExpectedImprovement(mean: number, standardDeviation: number, best: number): number {
  const gain = mean - best;
  // So far above the best that the deviation changes nothing; also where there is no deviation at all.
  if (gain > 40 * standardDeviation) return Math.log(gain);
  if (standardDeviation === 0) return Number.isNaN(gain) ? Number.NaN : Number.NEGATIVE_INFINITY;
  return Math.log(standardDeviation) + logStandardImprovement(gain / standardDeviation);
}
