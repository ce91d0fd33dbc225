import { z } from "zod";
import type { EvaluationRequest } from "./contract.js";
import { costOf } from "./cost.js";

/** One evaluation as plain data: what a command reads, an HTTP service is sent and a queue hands out. */
export const evaluationTaskSchema = z.object({
  schema: z.literal(1),
  study: z.string().describe("name of the study; empty where the search is none"),
  trial: z.int().min(0),
  attempt: z.int().min(0).describe("how many attempts at this trial have failed before"),
  seed: z.int().min(0).describe("for the randomness of the training, below 2^31"),
  space: z.string(),
  architecture: z.string().describe("text form"),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .nullable()
    .describe("values of the active parameters; null where the space has none"),
  cost: z.record(z.string(), z.number()).nullable().describe("such as flops, in multiply-accumulates"),
  epochs: z.int().min(1).optional().describe("for an estimation code: no more than these first epochs are wanted"),
});

export type EvaluationTask = z.infer<typeof evaluationTaskSchema>;

/**
 * A request as plain data.
 *
 * @param study name of the study that asks; empty where there is none
 * @example
 * const text = JSON.stringify(writeTask(request, "first"));
 */
export function writeTask(request: EvaluationRequest, study = ""): EvaluationTask {
  const { space, architecture, trial, attempt = 0, seed = 0 } = request;
  return {
    schema: 1,
    study,
    trial,
    attempt,
    seed,
    space: space.name,
    architecture: space.format(architecture),
    parameters: parametersOf(request) ?? null,
    cost: costOf(request) ?? null,
  };
}

/** The values of the active parameters by name; undefined where the space has no parameters. */
export function parametersOf({
  space,
  architecture,
}: EvaluationRequest): Record<string, string | number | boolean> | undefined {
  const view = space.views.parameters;
  if (view === undefined) return undefined;
  const levels = new Int32Array(view.parameters.length);
  view.write(architecture, levels);
  const active = view.parameters.flatMap(({ name, levels: values }, i) =>
    levels[i] < 0 ? [] : [[name, values[levels[i]]] as const],
  );
  return Object.fromEntries(active);
}
