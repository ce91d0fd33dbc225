import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { PredictorDefinition } from "./contract.js";
import { GraphNetworkPredictor } from "./graph/graphNetworkPredictor.js";
import { GraphTraining } from "./graph/graphTraining.js";
import { graphTrainingOptions } from "./graph/options.js";

const options = defineOptions(graphTrainingOptions("rank"));

/** The naive predictor of Siamese-NAS: three GConvGroups, the mean over the features of each vertex, one dense unit. */
export const graphPredictorDefinition: PredictorDefinition = {
  name: "graph-predictor",
  description: "Three graph convolutions along and against the edges",
  source: "Siamese-NAS (D0352276/Siamese-NAS), the naive predictor",
  options,
  encodings: ["graph"],
  uncertainty: "none",
  create: (values) => new GraphNetworkPredictor(training(values)),
  startTraining: (values) => new GraphTraining(training(values)),
};

function training(values: OptionValues) {
  const parts = { nsam: false, fusion: false, released: false };
  return { name: "graph-predictor", ...parts, ...readOptions("predictor graph-predictor", options, values) };
}
