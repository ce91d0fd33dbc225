import { z } from "zod";
import type { Catalogue } from "../space/catalogue.js";
import type { Recommendation, Strategy } from "../strategy/contract.js";
import { predictedLabelSchema, writePrediction } from "../strategy/explanations.js";
import type { SearchResult, Trial } from "../study/index.js";
import { costSchema, costsOf, limitedCostsOf, trainedCosts } from "./costs.js";
import { type LabelledTable, rowInTable } from "./tableStanding.js";

/** What the strategy would choose at the end of a search. */
export const recommendationSchema = z.object({
  architecture: z.string().describe("text form; the space parses it"),
  number: z.int().min(0).optional().describe("of its trial; absent where it was never evaluated"),
  label: z.number().optional().describe("absent where it was never evaluated"),
  predicted: predictedLabelSchema.optional().describe("what the strategy thinks of its label at the end"),
  probabilityBest: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("how likely it is, by the strategy's model, that no other evaluated architecture is better"),
  test: z.number().optional().describe("of its evaluation; of the table where labels come from one"),
  costs: z.array(costSchema),
});

/** What `reportRecommendation` works with. */
export interface RecommendationInput {
  readonly recommendation: Recommendation | undefined;
  readonly trials: readonly Trial[];
  readonly catalogue: Catalogue;
  /** Where the labels come from a table. */
  readonly table?: LabelledTable | undefined;
  /** Whether the built-in trainer gave the labels: costs are then those of the network that it trained. */
  readonly isTrained: boolean;
}

/**
 * Asks a strategy for its recommendation at the end of a search; undefined where it gives none, where nothing succeeded, and
 * where the search was stopped, because whoever stops one waits for nothing more.
 */
export async function askRecommendation(
  strategy: Strategy,
  { ended, trials }: SearchResult,
  signal?: AbortSignal,
): Promise<Recommendation | undefined> {
  if (ended === "stopped" || signal?.aborted || trials.every(({ failure }) => failure !== undefined)) return undefined;
  try {
    return await strategy.recommend?.();
  } catch (error) {
    // Whoever stops a search may close its threads as well, in the middle of a fit.
    if (signal?.aborted) return undefined;
    throw error;
  }
}

/** The recommendation as data; nothing where there is none. */
export function reportRecommendation(input: RecommendationInput): {
  recommendation?: z.infer<typeof recommendationSchema>;
} {
  const { recommendation, trials, catalogue, isTrained } = input;
  if (recommendation === undefined) return {};
  const { architecture, predicted, probabilityBest } = recommendation;
  const genes = catalogue.at(architecture);
  const trial = trials.find((one) => one.architecture === architecture && !Number.isNaN(one.label));
  const test = trial?.metrics["test"] ?? testInTable(architecture, input);
  return {
    recommendation: {
      architecture: catalogue.space.format(genes),
      ...(trial === undefined ? {} : { number: trial.number, label: trial.label }),
      ...writePrediction(predicted),
      ...(probabilityBest === undefined ? {} : { probabilityBest }),
      ...(test === undefined || !Number.isFinite(test) ? {} : { test }),
      costs: isTrained
        ? trainedCosts(trial?.metrics ?? {}, limitedCostsOf(catalogue.space, genes))
        : costsOf(catalogue.space, genes),
    },
  };
}

/** Live trainings have test values of their own, which those of a table would only be mistaken for. */
function testInTable(architecture: number, { catalogue, table, isTrained }: RecommendationInput): number | undefined {
  if (table === undefined || isTrained) return undefined;
  const row = rowInTable(architecture, catalogue, table);
  return row === undefined ? undefined : table.benchmark.test[row];
}
