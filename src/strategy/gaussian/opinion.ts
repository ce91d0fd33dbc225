import { logExpectedImprovement } from "../../acquisition/expectedImprovement.js";

/** What one of several models, each believed to some extent, compares its predictions with. */
export interface Opinion {
  /** How much the model is believed; the weights of all opinions sum to 1. */
  readonly weight: number;
  /** What there is to improve upon: the model's largest mean of the evaluated. */
  readonly best: number;
  /** Variance that counts as chance of improvement besides the model's own doubt. */
  readonly improvementNoise: number;
}

/** The logarithm of the share of one model in the expected improvement, for what it predicts of an architecture. */
export function logShareOf({ weight, best, improvementNoise }: Opinion): (mean: number, variance: number) => number {
  const logWeight = Math.log(weight);
  return (mean, variance) =>
    logWeight + logExpectedImprovement(mean, Math.sqrt(Math.max(0, variance) + improvementNoise), best);
}

/**
 * log(exp(a) + exp(b)), which neither overflows nor underflows.
 *
 * @example
 * addLogarithms(-1000, -1000); // -999.3068528194401
 */
export function addLogarithms(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return Math.max(a, b) + Math.log(1 + Math.exp(-Math.abs(a - b)));
}

/** Mean and variance of a number of which several models say something, each believed to some extent. */
export function momentsOf(
  said: readonly { readonly weight: number; readonly mean: number; readonly variance: number }[],
): { readonly mean: number; readonly variance: number } {
  const mean = said.reduce((sum, one) => sum + one.weight * one.mean, 0);
  const variance = said.reduce((sum, one) => sum + one.weight * (one.variance + (one.mean - mean) ** 2), 0);
  return { mean, variance };
}
