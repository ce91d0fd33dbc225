import type { GaussianPriors, LogNormal } from "../../predictor/gaussian/parameters.js";

/** The amplitude of a group, as a share of all, and its length, before anything is evaluated: medians. */
interface Expected {
  readonly share: number;
  readonly length: number;
}

/**
 * What the views of graphs turned out to be worth on the packs that ship and on `nasbench201/cifar10`, learnt from 256 labels: how
 * often operations occur, and sizes, tell most, nearly linearly (hence the long lengths); paths and shape are finer corrections.
 * From a handful of labels that cannot be learnt, and equal shares let the paths, in which most architectures are far
 * apart, explain too much.
 */
const EXPECTED: ReadonlyMap<string, Expected> = new Map([
  ["paths", { share: 0.1, length: 2 }],
  ["summary", { share: 0.7, length: 3 }],
  ["operations", { share: 0.7, length: 6 }],
  ["shape", { share: 0.1, length: 2 }],
]);
/** The sum of all amplitudes: labels far below the best are many deviations apart. */
const VARIANCE = 2;
const AMPLITUDE_DEVIATION = 1.4;
const LENGTH_DEVIATION = 0.7;
const NOISE: LogNormal = { median: 0.03, deviation: 1 };

/**
 * What is believed of the parameters of a Gaussian process over these groups of `views`, before anything is evaluated. Groups of
 * spaces without a graph, which were never measured, have the priors that any group has.
 *
 * @param names of the groups that the process sees
 */
export function viewPriors(names: readonly string[]): Partial<GaussianPriors> {
  const known = names.map((name) => EXPECTED.get(name));
  if (!names.some((name) => name === "paths" || name === "operations")) return {};
  const shares = known.map((expected) => expected?.share ?? 1 / names.length);
  const sum = shares.reduce((total, share) => total + share, 0);
  return {
    amplitude: shares.map((share) => ({ median: (VARIANCE * share) / sum, deviation: AMPLITUDE_DEVIATION })),
    length: known.map((expected) => ({ median: expected?.length ?? 2, deviation: LENGTH_DEVIATION })),
    noise: NOISE,
  };
}
