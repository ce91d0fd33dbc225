import { z } from "zod";
import { defineOptions, readOptions } from "../options.js";
import { batchTopSampling } from "./batchTopSampling.js";
import type { StrategyDefinition } from "./contract.js";
import { sampleAndRank } from "./sampleAndRank.js";
import { sampleAndRankOptions } from "./sampleAndRankOptions.js";

const options = defineOptions({
  predictor: z.string().default("siamese").describe("A spec, such as siamese(nsam=false)"),
  ...sampleAndRankOptions,
  samples: sampleAndRankOptions.samples(100),
  fine: z.int().min(0).default(60).describe("How many of the best are ranked again with their estimation codes"),
  bts: z
    .boolean()
    .default(true)
    .describe("Batch top sampling: choose most of the N during the training, not at random"),
  updates: z.int().min(1).default(10).describe("With bts: how often architectures are added during the training"),
  initial: z.number().min(0).max(1).default(0.3).describe("With bts: the share of N that is drawn at random"),
  updateFine: z.int().min(0).default(30).describe("With bts: how many are ranked again with codes in each update"),
  epochs: z.int().min(10).default(200).describe("With bts: epochs of the training, otherwise the predictor's affair"),
});

/**
 * Siamese-NAS: N architectures are evaluated and learnt from; then the space is ranked coarse, without any training; the best 60
 * are ranked again with their estimation codes; the K best of that are evaluated. With batch top sampling most of the N
 * are chosen while the predictor is trained. Codes are asked for the architectures that are learnt from and for those that are
 * ranked again, and for no others.
 */
export const siameseNasDefinition: StrategyDefinition = {
  name: "siamese-nas",
  description:
    "A predictor that reads estimation codes ranks the space coarse, then its best again; sampling while training",
  source: "Siamese-NAS with batch top sampling (D0352276/Siamese-NAS)",
  options,
  batch: () => 1,
  create(context, values, state) {
    const { predictor, samples, evaluate, fine, bts, updates, initial, updateFine, epochs, ...sizes } = readOptions(
      "strategy siamese-nas",
      options,
      values,
    );
    const plan = { name: "siamese-nas", predictor, evaluate, fine, sizes };
    const sampling = bts ? batchTopSampling({ samples, updates, initial, updateFine, epochs }) : { dueAt: [samples] };
    return sampleAndRank(context, { ...plan, ...sampling }, state);
  },
};
