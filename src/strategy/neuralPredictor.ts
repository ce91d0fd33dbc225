import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import type { StrategyDefinition } from "./contract.js";
import { sampleAndRank } from "./sampleAndRank.js";
import { sampleAndRankOptions } from "./sampleAndRankOptions.js";

const options = defineOptions({
  predictor: z
    .string()
    .default("neural-predictor")
    .describe("A spec; whether it works in one stage or two is its own affair"),
  ...sampleAndRankOptions,
  samples: sampleAndRankOptions.samples(172),
});

/**
 * Neural Predictor (Wen et al. 2020): evaluate N architectures drawn uniformly, fit a predictor once, evaluate the K that it
 * ranks best. After N+K it fits anew to everything and evaluates the next K.
 */
export const neuralPredictorDefinition: StrategyDefinition = {
  name: "neural-predictor",
  description: "One predictor fitted to N random architectures, then the K that it ranks best",
  source: "Wen et al., Neural Predictor for Neural Architecture Search, ECCV 2020",
  options,
  batch: () => 1,
  create(context, values, state) {
    const { predictor, samples, evaluate, ...sizes } = readOptions("strategy neural-predictor", options, values);
    const plan = { name: "neural-predictor", predictor, dueAt: [samples], evaluate, fine: 0, sizes };
    return sampleAndRank(context, plan, state);
  },
};
