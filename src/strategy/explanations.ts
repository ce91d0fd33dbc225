import { z } from "zod";
import type { Catalogue } from "../space/catalogue.js";
import type { Explanation, PredictedLabel } from "./contract.js";
import { restoreArchitecture, storeArchitecture, storedArchitectureSchema } from "./storedArchitecture.js";

/** What a model says of a label, as JSON. */
export const predictedLabelSchema = z.object({ mean: z.number(), standardDeviation: z.number().min(0) });

/** An explanation as JSON. */
export const explanationSchema = z.object({
  reason: z.enum(["start", "exploit", "explore", "random"]),
  predicted: predictedLabelSchema.optional().describe("at the time of the suggestion, in the unit of the labels"),
  detail: z.string().optional(),
});

/** Explanations as JSON, in the order of suggestion. */
export const explanationsStateSchema = z.array(explanationSchema.extend({ architecture: storedArchitectureSchema }));

export type ExplanationsState = z.output<typeof explanationsStateSchema>;

/** What a strategy thought of each architecture when it suggested it. */
export interface Explanations {
  /** Keeps an explanation; a prediction that is no number is left out. */
  note(architecture: number, explanation: Explanation): void;
  /** The explanation of an architecture, undefined where there is none. */
  of(architecture: number): Explanation | undefined;
  state(): ExplanationsState;
}

/**
 * No explanations yet, or those restored from `state`. Throws AssayError where the state is of another space.
 *
 * @example
 * const explanations = createExplanations(catalogue, stored?.explanations);
 * explanations.note(7, { reason: "exploit", predicted: { mean: 73.1, standardDeviation: 0.4 } });
 * explanations.of(7)?.reason; // "exploit"
 */
export function createExplanations(catalogue: Catalogue, state: ExplanationsState = []): Explanations {
  const kept = new Map<number, ExplanationsState[number]>();
  const keep = (id: number, explanation: z.output<typeof explanationSchema>): void => {
    kept.set(id, { architecture: storeArchitecture(catalogue, id), ...explanation });
  };
  for (const { architecture, ...explanation } of state) keep(restoreArchitecture(catalogue, architecture), explanation);
  return {
    note: (architecture, explanation) => keep(architecture, writeExplanation(explanation)),
    of(id) {
      const found = kept.get(id);
      if (found === undefined) return undefined;
      const { architecture: _, ...explanation } = found;
      return explanation;
    },
    state: () => Array.from(kept.values()),
  };
}

/** An explanation as it can be written: only what it says, and only numbers that JSON has. */
export function writeExplanation({ reason, predicted, detail }: Explanation): z.output<typeof explanationSchema> {
  return { reason, ...writePrediction(predicted), ...(detail === undefined ? {} : { detail }) };
}

/** `predicted` as it can be written; nothing where one of its numbers is none. */
export function writePrediction(predicted: PredictedLabel | undefined): { predicted?: PredictedLabel } {
  if (predicted === undefined) return {};
  const { mean, standardDeviation } = predicted;
  // Adding zero makes -0 what JSON makes of it.
  return Number.isFinite(mean) && Number.isFinite(standardDeviation)
    ? { predicted: { mean: mean + 0, standardDeviation: standardDeviation + 0 } }
    : {};
}
