import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { requireDeviations } from "./needs.js";
import { selectByScore } from "./ranking.js";

const options = defineOptions({
  beta: z.number().min(0).default(0.5).describe("Standard deviations added to the mean; 0 is greedy"),
});

/** The mean plus `beta` standard deviations; 0.5 as in BONAS and BANANAS. */
export const upperConfidenceBoundDefinition: AcquisitionDefinition = {
  name: "upper-confidence-bound",
  description: "Largest mean plus beta standard deviations",
  source: "Srinivas et al., ICML 2010",
  needs: "standard-deviation",
  options,
  create(values) {
    const { beta } = readOptions("acquisition upper-confidence-bound", options, values);
    return {
      select(input) {
        const { mean } = input.prediction;
        const deviations = requireDeviations("upper-confidence-bound", input);
        const scores = new Float64Array(mean.length);
        for (const row of input.eligible) scores[row] = mean[row] + beta * deviations[row];
        return selectByScore(scores, mean, input.eligible, input.count, input.generator);
      },
    };
  },
};
