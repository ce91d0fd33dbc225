import { z } from "zod";
import { largest } from "../kernels/topK.js";
import { defineOptions, readOptions } from "../options.js";
import type { StrategyDefinition } from "./contract.js";
import { type Choice, sampleAndRank } from "./sampleAndRank.js";
import { sampleAndRankOptions } from "./sampleAndRankOptions.js";

const options = defineOptions({
  predictor: z.string().default("brp").describe("A spec of a predictor that can be trained in stages"),
  ...sampleAndRankOptions,
  samples: sampleAndRankOptions.samples(100),
  iterations: z.int().min(1).default(5).describe("In how many equal parts N is sampled"),
  epochs: z.int().min(1).default(250).describe("Epochs of the last iteration; the i-th has its i-th part of them"),
  pairs: z
    .int()
    .min(1)
    .default(60)
    .describe("Pairs in a training batch of the last iteration, growing in the same way"),
});

/**
 * BRP-NAS (Dudziak et al. 2020): a comparator of two architectures whose training and sampling alternate.
 *
 *     evaluate N/5 architectures drawn uniformly
 *     for i = 1 .. 5
 *       train on, longer and with larger batches each time
 *       evaluate N/5: half of them the best ranked, half drawn from the best |space|/2^i (not after the last)
 *     evaluate the K best ranked
 */
export const brpNasDefinition: StrategyDefinition = {
  name: "brp-nas",
  description:
    "A comparator trained on in five iterations, each of which samples half greedily and half from a shrinking top",
  source: "Dudziak et al., BRP-NAS: Prediction-based NAS using GCNs, NeurIPS 2020",
  options,
  batch: () => 1,
  create(context, values, state) {
    const { predictor, samples, evaluate, iterations, epochs, pairs, ...sizes } = readOptions(
      "strategy brp-nas",
      options,
      values,
    );
    const part = (whole: number, step: number): number => Math.max(1, Math.floor((whole * (step + 1)) / iterations));
    const plan = {
      ...{ name: "brp-nas", predictor, evaluate, fine: 0, sizes },
      dueAt: Array.from({ length: iterations }, (_, step) => part(samples, step)),
      stages: (step: number) => [{ epochs: part(epochs, step), batch: part(pairs, step) }],
      choose: chooseHalfGreedily,
    };
    return sampleAndRank(context, plan, state);
  },
};

/** Half the best ranked, half drawn uniformly from the best |space|/2^i; what these lack comes from further down. */
async function chooseHalfGreedily({ step, model, count, generator, wholePool }: Choice): Promise<number[]> {
  const pool = wholePool();
  const { mean } = await model.predict(pool.features);
  const isEligible = new Uint8Array(mean.length);
  for (const row of pool.eligible()) isEligible[row] = 1;
  const ranked = largest(mean, mean.length);
  const unseen = ranked.filter((row) => isEligible[row] === 1);
  const greedy = unseen.subarray(0, Math.ceil(count / 2));
  let width = mean.length;
  for (let halvings = 0; halvings <= step; halvings++) width = Math.floor(width / 2);
  const taken = new Set(greedy);
  const top = ranked.subarray(0, width).filter((row) => isEligible[row] === 1 && !taken.has(row));
  const drawn = generator.choose(Math.min(count - greedy.length, top.length), top.length).map((place) => top[place]);
  for (const row of drawn) taken.add(row);
  const missing = unseen.filter((row) => !taken.has(row)).subarray(0, count - taken.size);
  return [...greedy, ...drawn, ...missing].map(pool.idOf);
}
