/** A normal distribution of the logarithm of a positive number. */
export interface LogNormal {
  /** The number whose logarithm is the mean. */
  readonly median: number;
  /** Standard deviation of the logarithm. */
  readonly deviation: number;
}

/** What is believed of the parameters before anything is observed; labels have variance 1. A list has one belief for each group. */
export interface GaussianPriors {
  /** Default: 1 / groups, 1.4. */
  readonly amplitude: LogNormal | readonly LogNormal[];
  /** Of the length by which squared distances are divided. Default: 2, 1. */
  readonly length: LogNormal | readonly LogNormal[];
  /** Of the variance of the noise. Default: 0.05, 1.4. */
  readonly noise: LogNormal;
}

/** Beliefs of the interaction: all groups together count less than each for itself, and over longer distances. */
const INTERACTION = { amplitude: { median: 0.25, deviation: 1.4 }, length: { median: 8, deviation: 1 } };

/** Parameters beyond e^±40 say nothing that these do not say, and exp never overflows. */
const LARGEST = 40;

/** The parameters by which covariances are computed. */
export interface Parameters {
  readonly amplitudes: Float64Array;
  /** 1 / length for each group. */
  readonly rates: Float64Array;
  readonly noise: number;
  /** Absent where groups only add up. */
  readonly interaction?: Interaction;
  /** The variance of the function before anything is observed: the sum of the amplitudes. */
  readonly variance: number;
}

/** The part of the covariance in which all groups come together: amplitude * exp(-sum over groups of rate * squared distance). */
export interface Interaction {
  readonly amplitude: number;
  readonly rates: Float64Array;
}

/**
 * The parameters that `theta` stands for: logarithms of the amplitudes, of the lengths, and of the noise; then, where there is an
 * interaction, of its amplitude and its lengths.
 */
export function parametersOf(theta: Float64Array, groups: number = (theta.length - 1) / 2): Parameters {
  const bounded = theta.map((value) => Math.min(LARGEST, Math.max(-LARGEST, value)));
  const amplitudes = bounded.slice(0, groups).map(Math.exp);
  const rest = bounded.subarray(2 * groups + 1);
  const interaction = rest.length > 0 && {
    amplitude: Math.exp(rest[0]),
    rates: rest.slice(1).map((value) => Math.exp(-value)),
  };
  return {
    amplitudes,
    rates: bounded.slice(groups, 2 * groups).map((value) => Math.exp(-value)),
    noise: Math.exp(bounded[2 * groups]),
    ...(interaction ? { interaction } : {}),
    variance: amplitudes.reduce((sum, amplitude) => sum + amplitude, interaction ? interaction.amplitude : 0),
  };
}

/** The priors in the order of `theta`. */
export class ThetaPrior {
  readonly means: Float64Array;
  readonly deviations: Float64Array;

  constructor(groups: number, given: Partial<GaussianPriors>, interaction = false) {
    const amplitude = given.amplitude ?? { median: 1 / groups, deviation: 1.4 };
    const length = given.length ?? { median: 2, deviation: 1 };
    const noise = given.noise ?? { median: 0.05, deviation: 1.4 };
    const each = [...listOf(amplitude, groups), ...listOf(length, groups), noise];
    if (interaction) each.push(INTERACTION.amplitude, ...listOf(INTERACTION.length, groups));
    this.means = Float64Array.from(each, ({ median }) => Math.log(median));
    this.deviations = Float64Array.from(each, ({ deviation }) => deviation);
  }

  /** Half the sum of the squared deviations; its gradient is added to `gradient`. */
  penalty(theta: Float64Array, gradient: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < theta.length; i++) {
      const deviation = (theta[i] - this.means[i]) / this.deviations[i];
      gradient[i] += deviation / this.deviations[i];
      sum += deviation * deviation;
    }
    return sum / 2;
  }
}

function listOf(belief: LogNormal | readonly LogNormal[], groups: number): readonly LogNormal[] {
  if ("median" in belief) return Array.from({ length: groups }, () => belief);
  if (belief.length !== groups) throw new Error(`There are beliefs of ${belief.length} groups, but ${groups} groups.`);
  return belief;
}
