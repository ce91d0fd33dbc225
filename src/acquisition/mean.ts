import { largest } from "../kernels/topK.js";
import { defineOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";

/** The best predictions, greedily. */
export const meanDefinition: AcquisitionDefinition = {
  name: "mean",
  description: "The best predictions, without any exploration",
  source: "greedy baseline",
  needs: "mean",
  options: defineOptions({}),
  create: () => ({
    select: ({ prediction, eligible, count }) => largest(prediction.mean, count, eligible),
  }),
};
