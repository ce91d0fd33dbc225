import { z } from "zod";
import { summarySchema } from "../report.js";

/*
 * What `assay reproduce` writes. Fields are stable as in the other reports: later versions add to them and take none away as long
 * as `schema` is 1. A number that does not exist is null.
 */

const pointSchema = z.object({
  x: z.number().describe("place on the horizontal axis"),
  samples: z.int().describe("N"),
  evaluate: z.int().describe("K"),
  runs: z.int().describe("runs that these numbers are taken over"),
  value: summarySchema,
  reported: z.number().nullable().describe("published number at this place"),
  difference: z.number().nullable().describe("mean minus the published number"),
});

const seriesSchema = z.object({
  method: z.string(),
  title: z.string(),
  strategy: z.string().describe("spec of the strategy at the last point"),
  estimationCode: z
    .object({
      name: z.string(),
      asked: z.number().describe("architectures for which a code was asked in a run at the last point, on average"),
      trainings: z.number().describe("cost of these, in full trainings"),
    })
    .nullable(),
  points: z.array(pointSchema),
});

const orderStepSchema = z.object({
  lower: z.string(),
  higher: z.string(),
  pairs: z.int().describe("seeds that both methods have"),
  difference: summarySchema.describe("higher minus lower, over pairs of equal seeds; ci95 by Student's t"),
  verdict: z.enum(["higher", "lower", "not-told-apart"]).describe("by whether the interval leaves out zero"),
});

const orderSchema = z.object({ steps: z.array(orderStepSchema), sentence: z.string() });

const readingSchema = z.object({
  name: z.string(),
  label: z.string(),
  labelDescription: z.string(),
  curve: z.enum(["testOfBestLabel", "bestTest", "bestLabel"]),
  rule: z.string().describe("label rule and curve rule in words"),
  series: z.array(seriesSchema),
  order: orderSchema.nullable().describe("null where fewer than two of the methods ran"),
  contrasts: z.array(orderStepSchema).describe("further pairs of methods"),
});

const panelSchema = z.object({
  name: z.string(),
  title: z.string(),
  benchmark: z.string(),
  packChecksum: z.string(),
  optimum: z.number().describe("the best test value in the table"),
  unit: z.string(),
  axis: z.string(),
  notes: z.array(z.string()),
  reported: z.array(z.object({ method: z.string(), x: z.number(), value: z.number() })),
  readings: z.array(readingSchema),
});

export const reproduceReportSchema = z.object({
  schema: z.literal(1),
  kind: z.literal("reproduce"),
  version: z.string(),
  reproduction: z.string(),
  title: z.string(),
  source: z.string(),
  reportedFrom: z.string().describe("where the published numbers come from"),
  drawn: z.boolean().describe("whether it is a figure"),
  seeds: z.int().positive(),
  firstSeed: z.int(),
  complete: z.boolean().describe("false where runs are missing: it was stopped, or only stored runs were wanted"),
  runSeconds: z.number().describe("of all its runs one after another, those of earlier calls included"),
  notes: z.array(z.string()),
  leftOut: z.array(z.string()),
  estimationCodes: z.array(
    z.object({
      benchmark: z.string(),
      name: z.string(),
      cost: z.number().describe("of one code, as a fraction of a full training"),
      description: z.string(),
    }),
  ),
  panels: z.array(panelSchema),
});

export type OrderStep = z.infer<typeof orderStepSchema>;
export type OrderReport = z.infer<typeof orderSchema>;
export type ReproducePoint = z.infer<typeof pointSchema>;
export type ReproduceSeries = z.infer<typeof seriesSchema>;
export type ReproduceReading = z.infer<typeof readingSchema>;
export type ReproducePanel = z.infer<typeof panelSchema>;
export type ReproduceReport = z.infer<typeof reproduceReportSchema>;
