import { z } from "zod";
import type { EvaluationResult } from "./contract.js";

/** Numbers as JSON has them: null stands for one that is not finite. */
const number = z.number().nullable();

/** A result as JSON. */
export const storedResultSchema = z.object({
  label: number,
  metrics: z.record(z.string(), number).optional(),
  curves: z.record(z.string(), z.array(number)).optional(),
  failure: z.string().optional(),
  isFinal: z.boolean().optional(),
  log: z.string().optional(),
});

export type StoredResult = z.infer<typeof storedResultSchema>;

/** A result as plain data that JSON keeps. What is not finite becomes null. */
export function writeStoredResult({ label, metrics, curves, ...rest }: EvaluationResult): StoredResult {
  return {
    label: orNull(label),
    ...(metrics === undefined ? {} : { metrics: mapValues(metrics, orNull) }),
    ...(curves === undefined ? {} : { curves: mapValues(curves, (values) => values.map(orNull)) }),
    ...rest,
  };
}

/** The result that `writeStoredResult` wrote; infinite numbers come back as NaN. */
export function readStoredResult({ label, metrics, curves, failure, isFinal, log }: StoredResult): EvaluationResult {
  return {
    label: orNaN(label),
    ...(metrics === undefined ? {} : { metrics: mapValues(metrics, orNaN) }),
    ...(curves === undefined ? {} : { curves: mapValues(curves, (values) => values.map(orNaN)) }),
    ...(failure === undefined ? {} : { failure }),
    ...(isFinal === undefined ? {} : { isFinal }),
    ...(log === undefined ? {} : { log }),
  };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function orNull(value: number): number | null {
  // Adding zero makes -0 what JSON makes of it.
  return Number.isFinite(value) ? value + 0 : null;
}

function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}
