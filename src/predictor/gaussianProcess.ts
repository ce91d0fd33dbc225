import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { Prediction, Predictor, PredictorDefinition, PredictorModel } from "./contract.js";
import { groupsOf } from "./gaussian/groups.js";
import { type LabelScale, scaleLabels, toLabels } from "./gaussian/labelScale.js";
import { type Posterior, posteriorPrediction } from "./gaussian/posterior.js";
import { createGaussianProcess } from "./gaussian/process.js";
import { notFitted } from "./notFitted.js";

/** Labels from which the parameters are learnt, at most: a fit takes a second or two then, and there is one of them only. */
const LEARN_FROM = 512;

const options = defineOptions({
  noise: z.number().positive().default(0.05).describe("Prior median of the noise, as a share of the labels' variance"),
  length: z
    .number()
    .positive()
    .default(2)
    .describe("Prior median of what squared distances are divided by; two random architectures are 1 apart"),
  labels: z
    .enum(["log", "plain"])
    .default("log")
    .describe("log spreads differences among good labels; plain takes labels as they are"),
  interaction: z
    .boolean()
    .default(true)
    .describe("Whether all groups together make one more part, so that one may change what another means"),
  iterations: z
    .int()
    .min(0)
    .max(1000)
    .default(30)
    .describe("Steps of L-BFGS by which the parameters are learnt, at most"),
});

interface Model {
  readonly posterior: Posterior;
  readonly scale: LabelScale;
}

/**
 * A Gaussian process (Rasmussen and Williams 2006) whose covariance is a sum over groups of columns, a * exp(-distance² / l), plus
 * noise, and over all groups together, a * exp(-sum of distance² / l). Amplitudes, lengths and noise are those of the largest joint density (MAP) under log-normal priors. The encodings `views-neighbours` and
 * `views` have a group for each view of a space; any other encoding is one group. The standard deviation is that of the function, without noise.
 *
 * @example
 * const { predictor, encoding } = predictorFor(space, "gaussian-process");
 * await predictor.fit(encode(space, encoding, architectures), labels, createGenerator(1));
 */
export const gaussianProcessDefinition: PredictorDefinition = {
  name: "gaussian-process",
  description: "A Gaussian process over all views of an architecture; knows how sure it is",
  source: "Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006",
  options,
  encodings: ["views-neighbours", "views", "views-written", "one-hot", "adjacency", "path-counts", "cost", "summary"],
  uncertainty: "standard-deviation",
  create: (values) => new GaussianProcessPredictor(values),
};

class GaussianProcessPredictor implements Predictor {
  readonly #options;
  #model: Model | undefined;

  constructor(values: OptionValues) {
    this.#options = readOptions("predictor gaussian-process", options, values);
  }

  async fit(features: Matrix, labels: Float64Array): Promise<void> {
    const { noise, length, iterations, interaction, labels: kind } = this.#options;
    const groups = groupsOf(features);
    const process = createGaussianProcess({
      groups,
      columns: features.columns,
      priors: { noise: { median: noise, deviation: 1.4 }, length: { median: length, deviation: 1 } },
      interaction: interaction && groups.length > 1,
      learnFrom: LEARN_FROM,
    });
    process.add(features);
    const { targets, scale } = scaleLabels(labels, kind);
    process.fit(targets, { iterations });
    this.#model = { posterior: process.posterior(), scale };
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("gaussian-process");
    const { posterior, scale } = this.#model;
    const { mean, variance } = posteriorPrediction(posterior, features);
    return toLabels(scale, mean, variance);
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as Model;
  }
}
