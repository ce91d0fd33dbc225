import { z } from "zod";
import { LABEL_SCALES } from "./labelScale.js";

/**
 * Options of the training that all graph networks share.
 *
 * @param labels the scale that a network learns best with
 */
export const graphTrainingOptions = (labels: (typeof LABEL_SCALES)[number]) => ({
  epochs: z.int().min(1).default(200).describe("Epochs: a fifth, half of them, and the rest at a tenth of the rate"),
  learningRate: z.number().positive().default(1e-3).describe("Step size of Adam, which restarts in each of the three"),
  batch: z.int().min(8).multipleOf(8).default(8).describe("Rows for each update, a multiple of 8"),
  labels: z
    .enum(LABEL_SCALES)
    .default(labels)
    .describe("How labels become targets between 0 and 1: hundredth (label / 100), range (of the labels), rank"),
  emphasis: z.number().min(0).default(0).describe("Confidence: how much more the best row counts than the worst"),
  averaged: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Share of the last epochs whose weights are averaged for predictions"),
  recount: z
    .boolean()
    .default(true)
    .describe("Take the statistics of batch normalisation anew with the averaged weights, not as they ran along"),
});
