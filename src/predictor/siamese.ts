import { z } from "zod";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { PredictorDefinition } from "./contract.js";
import { GraphNetworkPredictor } from "./graph/graphNetworkPredictor.js";
import { GraphTraining } from "./graph/graphTraining.js";
import { graphTrainingOptions } from "./graph/options.js";

const options = defineOptions({
  nsam: z.boolean().default(true).describe("Attention among the vertices between the second and the third group"),
  fusion: z.boolean().default(true).describe("The fine branch, which reads estimation codes"),
  ...graphTrainingOptions("range"),
  released: z
    .boolean()
    .default(false)
    .describe("As the authors' program: two softmaxes in attention, values made with the query's weights"),
});

/**
 * The Siamese predictor. The coarse branch reads the graph only; the fine branch fuses it with an estimation code of any
 * length. Both are trained together and share their last layer. Where no row has a code, there is no fine branch.
 *
 * @example
 * const predictor = createPredictor("siamese:nsam=false");
 * await predictor.fit(rows, labels, createGenerator(1), { codes });
 * const coarse = await predictor.predict(all);
 */
export const siameseDefinition: PredictorDefinition = {
  name: "siamese",
  description: "Graph network with a coarse output, and a fine one that reads estimation codes",
  source: "Siamese-NAS (D0352276/Siamese-NAS)",
  options,
  encodings: ["graph"],
  uncertainty: "none",
  estimationCode: "optional",
  create: (values) => new GraphNetworkPredictor(training(values)),
  startTraining: (values) => new GraphTraining(training(values)),
};

function training(values: OptionValues) {
  return { name: "siamese", ...readOptions("predictor siamese", options, values) };
}
