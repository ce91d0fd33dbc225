import { z } from "zod";
import { estimationCostsSchema } from "./estimationCosts.js";
import { limitFields } from "./limits.js";

/**
 * The files that experiments write. The fields are stable: later versions add to them and take none away as long as
 * `schema` is 1. A number that does not exist (nothing was measured yet) is null.
 */

const number = z.number().nullable();

/** Mean, sample standard deviation and bootstrap interval of the mean over the runs. */
export const summarySchema = z.object({ mean: number, std: number, ci95: z.tuple([number, number]) });

const optimumSchema = z.object({
  cappedMean: z.number().describe("mean over all runs; a run that did not find it counts with the budget"),
  median: z.number().describe("median over all runs; a run that did not find it counts with the budget"),
  foundShare: z.number().min(0).max(1).describe("share of the runs that found it within the budget"),
});

const curvePointSchema = z.object({
  queries: z.int().positive(),
  bestTest: summarySchema,
  testOfBestLabel: summarySchema,
  bestLabel: summarySchema,
});

const origin = {
  schema: z.literal(1),
  kind: z.string().describe("which command wrote this"),
  version: z.string().describe("version of Assay"),
  benchmark: z.string(),
  packChecksum: z.string().describe("SHA-256 over all columns of the benchmark"),
  label: z.string().describe("label rule: mean, seed:<id>, random-seed, noisy(<sigma>) or a column"),
  labelDescription: z.string(),
  firstSeed: z.int(),
  seeds: z.int().positive(),
  complete: z.boolean().describe("false where the experiment was stopped before all runs were done"),
};

export const compareResultSchema = z.object({
  strategy: z.string(),
  spec: z.string().describe("as given on the command line"),
  options: z.record(z.string(), z.unknown()),
  batch: z.int().positive().describe("suggestions per iteration"),
  runs: z.int().positive().describe("runs that these numbers are taken over"),
  queriesToOptimum: z.object({ test: optimumSchema, label: optimumSchema }),
  curve: z.array(curvePointSchema),
  recommendation: z
    .object({
      runs: z.int().positive().describe("runs in which the strategy recommended an architecture with a test value"),
      test: summarySchema.describe("test value of the recommended architecture"),
      evaluatedShare: z.number().min(0).max(1).describe("share of these runs that had evaluated it"),
    })
    .optional()
    .describe("what the strategy would choose at the end of a run; absent where it does not say"),
  secondsPerRun: z.object({ median: z.number() }),
  estimationCodes: estimationCostsSchema.optional().describe("absent where none were asked for"),
  peakRssMegabytes: z.number().describe("peak memory of the whole process until the last of these runs was done"),
});

export const compareReportSchema = z.object({
  ...origin,
  kind: z.literal("compare"),
  ...limitFields,
  budget: z.int().positive(),
  curveRules: z.record(z.string(), z.string()),
  testUnit: z.string().describe("unit of the test values"),
  optimum: z.object({ test: z.number().describe("the best test value in the table") }),
  results: z.array(compareResultSchema),
});

const meanAndDeviation = z.object({ mean: number, std: number });

export const predictResultSchema = z.object({
  predictor: z.string(),
  spec: z.string(),
  options: z.record(z.string(), z.unknown()),
  encoding: z.string(),
  trainSize: z.int().positive(),
  runs: z.int().positive(),
  kendallTau: meanAndDeviation,
  spearman: meanAndDeviation,
  recallAt100: meanAndDeviation,
  fitSeconds: meanAndDeviation,
  rankSeconds: meanAndDeviation,
});

export const predictReportSchema = z.object({
  ...origin,
  kind: z.literal("predict"),
  against: z.string().describe("the column that predictions are compared with"),
  rankedOver: z.string().describe("the architectures that correlations are taken over"),
  results: z.array(predictResultSchema),
});

export type Summary = z.infer<typeof summarySchema>;
export type CompareResult = z.infer<typeof compareResultSchema>;
export type CompareReport = z.infer<typeof compareReportSchema>;
export type PredictResult = z.infer<typeof predictResultSchema>;
export type PredictReport = z.infer<typeof predictReportSchema>;
