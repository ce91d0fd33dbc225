import { z } from "zod";
import { defineOptions } from "../options.js";
import type { StrategyDefinition } from "./contract.js";
import { createHistory, historyStateSchema } from "./history.js";
import { readState } from "./state.js";
import { proposeAtRandom } from "./unseen.js";

const stateSchema = z.strictObject({ history: historyStateSchema });

/** Uniform draws without replacement. The sequence is the same for any batch size. */
export const randomDefinition: StrategyDefinition = {
  name: "random",
  description: "Uniform draws without replacement",
  source: "Li and Talwalkar, Random Search and Reproducibility for NAS, UAI 2019",
  options: defineOptions({}),
  severalObjectives: true,
  batch: () => 10,
  create({ catalogue, generator }, _options, state) {
    const history = createHistory(catalogue, readState("random", stateSchema, state)?.history);
    const draws = generator.split("draw");
    return {
      suggest: async (count) => proposeAtRandom(history, count, draws),
      observe: (observations) => history.observe(observations),
      state: () => ({ history: history.state() }),
    };
  },
};
