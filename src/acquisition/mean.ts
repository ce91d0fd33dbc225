import { defineOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { bestByLot } from "./ranking.js";

/** The best predictions, greedily. */
export const meanDefinition: AcquisitionDefinition = {
  name: "mean",
  description: "The best predictions, without any exploration",
  source: "greedy baseline",
  needs: "mean",
  options: defineOptions({}),
  create: () => ({
    select: ({ prediction, eligible, count, generator }) => bestByLot(prediction.mean, count, eligible, generator),
  }),
};
