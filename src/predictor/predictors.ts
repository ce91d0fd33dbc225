import { AssayError } from "../errors.js";
import { type Registry, resolve } from "../registry.js";
import type { Spec } from "../spec.js";
import { brpDefinition } from "./brp.js";
import { checkInputs, checkSession } from "./checked.js";
import type { Predictor, PredictorContext, PredictorDefinition } from "./contract.js";
import { createEnsembleDefinition } from "./ensemble.js";
import { gaussianProcessDefinition } from "./gaussianProcess.js";
import { gradientBoostingDefinition } from "./gradientBoosting.js";
import { graphPredictorDefinition } from "./graphPredictor.js";
import { mlpDefinition } from "./mlp.js";
import { neuralPredictorDefinition } from "./neuralPredictor.js";
import { splitRowsOverThreads } from "./parallel.js";
import { randomForestDefinition } from "./randomForest.js";
import { ridgeDefinition } from "./ridge.js";
import { siameseDefinition } from "./siamese.js";
import type { TrainingSession } from "./trainingSession.js";

/** The predictors by name. */
export const predictors: Registry<PredictorDefinition> = {
  mlp: mlpDefinition,
  "gradient-boosting": gradientBoostingDefinition,
  "random-forest": randomForestDefinition,
  ridge: ridgeDefinition,
  "graph-predictor": graphPredictorDefinition,
  siamese: siameseDefinition,
  brp: brpDefinition,
  "neural-predictor": neuralPredictorDefinition,
  "gaussian-process": gaussianProcessDefinition,
  ensemble: createEnsembleDefinition((spec) => createPredictor(spec), readsCodes),
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

/**
 * Whether a predictor reads estimation codes: nobody should pay for codes that are not read.
 *
 * @example
 * readsCodes("ensemble:member=siamese"); // true
 */
export function readsCodes(spec: string | Spec): boolean {
  const { definition, options } = resolve<PredictorDefinition>("predictor", predictors, spec);
  const { estimationCode } = definition;
  return (typeof estimationCode === "function" ? estimationCode(options) : estimationCode) !== undefined;
}

/**
 * Starts the training of a predictor in stages; it checks what it is given. Throws AssayError where the spec is wrong or the
 * predictor cannot be trained in stages (`no-stages`).
 *
 * @example
 * const session = startTraining("siamese:nsam=false");
 */
export function startTraining(spec: string | Spec, context: PredictorContext = {}): TrainingSession {
  const { definition, options } = resolve<PredictorDefinition>("predictor", predictors, spec);
  if (definition.startTraining !== undefined) {
    return checkSession(definition.name, definition.startTraining(options, context));
  }
  const able = Object.values(predictors).filter((other) => other.startTraining !== undefined);
  throw new AssayError(
    "no-stages",
    `Predictor ${definition.name} cannot be trained in stages.`,
    `Those that can: ${able.map(({ name }) => name).join(", ") || "none"}.`,
  );
}
