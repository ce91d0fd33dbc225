import type { GaussianPriors, LogNormal } from "../../predictor/gaussian/parameters.js";

/** Medians of what is believed of a group before anything is evaluated; labels have variance 1. */
interface Expected {
  readonly amplitude: number;
  readonly length: number;
}

/**
 * What the views of graphs turned out to be worth on the packs that ship and on `nasbench201/cifar10`, learnt from 256 labels: how often
 * operations occur, and sizes, tell most, nearly linearly (hence large amplitudes at long lengths); paths and shape are corrections.
 * From a handful of labels that cannot be learnt, and beliefs that are alike for all views let the paths, in which most
 * architectures are far apart, explain too much. What is said of `written` is a choice: no label of those tables depends on it.
 */
const EXPECTED: ReadonlyMap<string, Expected> = new Map([
  ["paths", { amplitude: 0.15, length: 2 }],
  ["summary", { amplitude: 3, length: 8 }],
  ["operations", { amplitude: 3, length: 16 }],
  ["shape", { amplitude: 0.15, length: 2 }],
  ["written", { amplitude: 1, length: 2 }],
]);
/** Any other group beside these. */
const UNKNOWN: Expected = { amplitude: 0.5, length: 2 };
const AMPLITUDE_DEVIATION = 1.4;
const LENGTH_DEVIATION = 0.7;
const NOISE: LogNormal = { median: 0.05, deviation: 0.5 };

/**
 * What is believed of the parameters of a Gaussian process over these groups of `views`, before anything is evaluated. Groups of
 * spaces without a graph, which were never measured, have the priors that any group has.
 *
 * @param names of the groups that the process sees
 */
export function viewPriors(names: readonly string[]): Partial<GaussianPriors> {
  if (!names.some((name) => name === "paths" || name === "operations")) return {};
  const expected = names.map((name) => EXPECTED.get(name) ?? UNKNOWN);
  return {
    amplitude: expected.map(({ amplitude }) => ({ median: amplitude, deviation: AMPLITUDE_DEVIATION })),
    length: expected.map(({ length }) => ({ median: length, deviation: LENGTH_DEVIATION })),
    noise: NOISE,
  };
}
