import { defineOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { requireDeviations } from "./needs.js";
import { selectByScore } from "./ranking.js";

/**
 * Draws a value for each candidate, independently of the others, from the normal distribution of its prediction, and
 * takes the largest. The acquisition of BANANAS.
 */
export const independentThompsonDefinition: AcquisitionDefinition = {
  name: "independent-thompson",
  description: "Largest of independent normal draws, one for each candidate",
  source: "White, Neiswanger and Savani, BANANAS, AAAI 2021",
  needs: "standard-deviation",
  options: defineOptions({}),
  create: () => ({
    select(input) {
      const { mean } = input.prediction;
      const deviations = requireDeviations("independent-thompson", input);
      const draws = new Float64Array(mean.length);
      for (const row of input.eligible) draws[row] = mean[row] + deviations[row] * input.generator.normal();
      return selectByScore(draws, mean, input.eligible, input.count, input.generator);
    },
  }),
};
