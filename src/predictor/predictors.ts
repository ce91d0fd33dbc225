import { type Registry, resolve } from "../registry.js";
import type { Spec } from "../spec.js";
import { checkInputs } from "./checked.js";
import type { Predictor, PredictorContext, PredictorDefinition } from "./contract.js";
import { createEnsembleDefinition } from "./ensemble.js";
import { gradientBoostingDefinition } from "./gradientBoosting.js";
import { mlpDefinition } from "./mlp.js";
import { splitRowsOverThreads } from "./parallel.js";
import { randomForestDefinition } from "./randomForest.js";
import { ridgeDefinition } from "./ridge.js";

/** The predictors by name. */
export const predictors: Registry<PredictorDefinition> = {
  mlp: mlpDefinition,
  "gradient-boosting": gradientBoostingDefinition,
  "random-forest": randomForestDefinition,
  ridge: ridgeDefinition,
  ensemble: createEnsembleDefinition((spec) => createPredictor(spec)),
};

/**
 * Makes a predictor from a spec. It checks what it is given, and with a pool of several threads it fits members of
 * ensembles and predicts many rows in parallel, with the same results. Throws AssayError where the spec is wrong.
 *
 * @example
 * const predictor = createPredictor("gradient-boosting:rounds=200");
 * await predictor.fit(features, labels, createGenerator(1));
 * const { mean } = await predictor.predict(features);
 */
export function createPredictor(spec: string | Spec, context: PredictorContext = {}): Predictor {
  const { definition, options, spec: parsed } = resolve("predictor", predictors, spec);
  const predictor = checkInputs(definition.name, definition.create(options, context));
  const { pool } = context;
  return pool === undefined || pool.threads === 1 ? predictor : splitRowsOverThreads(predictor, parsed, pool);
}
