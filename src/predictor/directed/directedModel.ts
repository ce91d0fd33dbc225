import type { Generator } from "../../random/index.js";
import { mean } from "../../stats/mean.js";
import { quantile } from "../../stats/quantile.js";
import type { Graphs } from "../graph/readGraphs.js";
import type { DirectedShape } from "./directedNetwork.js";
import { type DirectedOptions, evaluateDirected, trainDirected } from "./directedTraining.js";

/** A network for numbers that was trained to standardised labels. */
export interface Regressor {
  readonly shape: DirectedShape;
  readonly state: Float32Array;
  readonly centre: number;
  readonly scale: number;
}

/** A network that says whether a label lies at or above a threshold. */
export interface Classifier {
  readonly shape: DirectedShape;
  readonly state: Float32Array;
  readonly threshold: number;
  /** Mean label of the training rows below the threshold. */
  readonly below: number;
}

/** What the Neural Predictor learns; the classifier only in two stages. */
export interface DirectedModel {
  readonly regressor: Regressor;
  readonly classifier: Classifier | undefined;
}

/** How both networks are made and trained. */
export interface DirectedPlan extends DirectedOptions {
  readonly shape: Omit<DirectedShape, "outputs">;
  /** A label, or a quantile of the labels; undefined for one stage. */
  readonly threshold: { readonly label: number } | { readonly quantile: number } | undefined;
}

/** Trains a regressor, or a classifier and then a regressor of those rows that reach the threshold. */
export function trainDirectedModel(
  graphs: Graphs,
  labels: Float64Array,
  { shape, threshold: wanted, ...training }: DirectedPlan,
  generator: Generator,
): DirectedModel {
  const threshold = wanted === undefined ? undefined : thresholdOf(wanted, labels);
  const rows = Array.from(labels.keys());
  const [good, bad] = [
    rows.filter((row) => !(labels[row] < threshold!)),
    rows.filter((row) => labels[row] < threshold!),
  ];
  const isSplit = threshold !== undefined && good.length > 0 && bad.length > 0;
  const regressor = trainRegressor(good.length > 0 ? good : rows);
  return { regressor, classifier: isSplit ? trainClassifier(threshold) : undefined };

  function trainRegressor(chosen: readonly number[]): Regressor {
    const own = Float64Array.from(chosen, (row) => labels[row]);
    const centre = mean(own);
    const scale = Math.sqrt(mean(own.map((label) => (label - centre) * (label - centre)))) || 1;
    const targets = own.map((label) => (label - centre) / scale);
    const whole: DirectedShape = { ...shape, outputs: 1 };
    const state = trainDirected(whole, takeGraphs(graphs, chosen), targets, training, generator.split("regressor"));
    return { shape: whole, state, centre, scale };
  }

  function trainClassifier(limit: number): Classifier {
    const targets = new Float64Array(2 * rows.length);
    for (const row of bad) targets[row] = 1;
    for (const row of good) targets[rows.length + row] = 1;
    const whole: DirectedShape = { ...shape, outputs: 2 };
    const state = trainDirected(whole, graphs, targets, training, generator.split("classifier"));
    return { shape: whole, state, threshold: limit, below: mean(Float64Array.from(bad, (row) => labels[row])) };
  }
}

/**
 * A label for each graph. In two stages, graphs that the classifier thinks good get what the regressor says, but at least the
 * threshold; the others lie between the mean of the bad ones and the threshold, by how sure the classifier is.
 */
export function predictDirected({ regressor, classifier }: DirectedModel, graphs: Graphs): Float64Array {
  const { shape, state, centre, scale } = regressor;
  const labels = evaluateDirected(shape, state, graphs).map((output) => centre + scale * output);
  if (classifier === undefined) return labels;
  const { threshold, below } = classifier;
  const logits = evaluateDirected(classifier.shape, classifier.state, graphs);
  return labels.map((label, row) => {
    const good = 1 / (1 + Math.exp(logits[row] - logits[labels.length + row]));
    return good >= 0.5 ? Math.max(label, threshold) : threshold - (threshold - below) * (1 - 2 * good);
  });
}

function thresholdOf(wanted: { readonly label: number } | { readonly quantile: number }, labels: Float64Array): number {
  return "label" in wanted ? wanted.label : quantile(labels, wanted.quantile);
}

function takeGraphs({ shape, words, edges }: Graphs, rows: readonly number[]): Graphs {
  const slots = shape.vertices;
  const taken = {
    shape,
    count: rows.length,
    words: new Int32Array(rows.length * slots),
    edges: new Uint8Array(rows.length * slots * slots),
  };
  for (const [i, row] of rows.entries()) {
    taken.words.set(words.subarray(row * slots, (row + 1) * slots), i * slots);
    taken.edges.set(edges.subarray(row * slots * slots, (row + 1) * slots * slots), i * slots * slots);
  }
  return taken;
}
