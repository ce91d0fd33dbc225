import { z } from "zod";
import type { CountedEstimation } from "../strategy/index.js";

/** What the estimation codes of a search, or of the mean run of a comparison, came to. */
export const estimationCostsSchema = z.object({
  name: z.string(),
  cost: z.number().describe("of the code of one architecture, as a fraction of one full training"),
  asked: z.number().describe("architectures for which a code was asked; the mean over the runs in a comparison"),
  trainings: z.number().describe("cost of all these, in full trainings"),
});

export type EstimationCosts = z.infer<typeof estimationCostsSchema>;

/** The costs of a search, under the name that reports give them; nothing where no code was asked for. */
export function reportEstimation(estimation: CountedEstimation | undefined): { estimationCodes?: EstimationCosts } {
  if (estimation === undefined || estimation.asked === 0) return {};
  const { name, cost, asked } = estimation;
  return { estimationCodes: { name, cost, asked, trainings: cost * asked } };
}

/** The mean of several runs. */
export function meanEstimation(runs: readonly (EstimationCosts | undefined)[]): { estimationCodes?: EstimationCosts } {
  const first = runs.find((run) => run !== undefined);
  if (first === undefined) return {};
  const asked = runs.reduce((sum, run) => sum + (run?.asked ?? 0), 0) / runs.length;
  return { estimationCodes: { ...first, asked, trainings: first.cost * asked } };
}
