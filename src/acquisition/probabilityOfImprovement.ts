import { defineOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { requireDeviations } from "./needs.js";
import { normalCumulative } from "./normal.js";
import { selectByScore } from "./ranking.js";

/**
 * The probability of beating the best label so far, for a normal prediction. It grows with the distance in standard
 * deviations, so that distance ranks the candidates: it never saturates.
 */
export const probabilityOfImprovementDefinition: AcquisitionDefinition = {
  name: "probability-of-improvement",
  description: "Largest probability of beating the best label so far",
  source: "Kushner 1964",
  needs: "standard-deviation",
  options: defineOptions({}),
  create: () => ({
    select(input) {
      const { mean } = input.prediction;
      const deviations = requireDeviations("probability-of-improvement", input);
      const scores = new Float64Array(mean.length);
      for (const row of input.eligible) scores[row] = standardGain(mean[row], deviations[row], input.best);
      return selectByScore(scores, mean, input.eligible, input.count, input.generator);
    },
  }),
};

/**
 * P(f > best) for f normal with this mean and standard deviation.
 *
 * @example
 * probabilityOfImprovement(0, 1, 1.959963984540054); // 0.025
 */
export function probabilityOfImprovement(mean: number, standardDeviation: number, best: number): number {
  return normalCumulative(standardGain(mean, standardDeviation, best));
}

function standardGain(mean: number, standardDeviation: number, best: number): number {
  const gain = mean - best;
  // Without deviation a tie is no improvement: 0/0 must not become NaN.
  return gain === 0 && standardDeviation === 0 ? Number.NEGATIVE_INFINITY : gain / standardDeviation;
}
