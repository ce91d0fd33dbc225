import type { Arena } from "../../kernels/arena.js";
import { addDistances, type Observations, triangle } from "./observations.js";
import type { Parameters } from "./parameters.js";
import { strideFor, type Triangular } from "./triangular.js";

/** What is added to the noise first, and at most, as a share of the variance, where the covariance is not positive definite. */
const FIRST_JITTER = 1e-8;
const MOST_JITTER = 1;

/** The factor of the covariance of the observations with noise, and what made it. */
export interface Factor extends Triangular {
  readonly jitter: number;
}

/**
 * Factorises the covariance of all observations. The rows of `before` are taken over: the covariance of the observations before
 * with the same parameters. Where the covariance is not positive definite, the diagonal grows until it is.
 */
export function factoriseObservations(
  arena: Arena,
  observations: Observations,
  parameters: Parameters,
  before?: Factor,
): Factor {
  const { count, groups } = observations;
  const kept = before === undefined || before.rows > count ? undefined : before;
  const stride = strideFor(count + 2);
  const first = kept?.rows ?? 0;
  const start = triangle(first);
  const pairs = triangle(count) - start + 1;
  const scratch = arena.allocate(64);
  const { interaction } = parameters;
  const parts = groups.length + (interaction === undefined ? 0 : 1);
  const constants = arena.allocate(16 * parts);
  const distances = arena.allocate(8 * pairs * parts);
  const matrix = arena.allocate(8 * stride * (count + 1));
  writeParameters(arena, constants, parameters);
  const given = groups.map((_, group) => observations.distances(group).subarray(start));
  for (let part = 0; part < parts; part++) {
    const view = arena.doubles(distances + 8 * pairs * part, pairs);
    if (part < groups.length) view.set(given[part]);
    else addDistances(given, interaction!.rates, view);
    view[pairs - 1] = 0;
  }
  if (kept !== undefined) {
    const view = arena.doubles(matrix, stride * first);
    for (let row = 0; row < first; row++) {
      view.set(kept.data.subarray(row * kept.stride, row * kept.stride + row + 1), row * stride);
    }
  }
  const { functions } = arena;
  for (let jitter = kept?.jitter ?? FIRST_JITTER; ; jitter *= 100) {
    const diagonal = parameters.variance * (1 + jitter) + parameters.noise;
    const origin = distances - 8 * start;
    const [from, to] = [kept === undefined ? 0 : first, count];
    functions.covariances(origin, parts, 8 * pairs, constants, diagonal, from, to, matrix, 8 * stride);
    if (functions.factorise(matrix, 8 * stride, from, to, count, scratch) === 1) {
      return { rows: count, stride, data: arena.doubles(matrix, stride * count).slice(), jitter };
    }
    if (kept !== undefined) return factoriseObservations(arena, observations, parameters);
    if (jitter > MOST_JITTER) throw new Error("The covariance of the observations holds a number that is not finite.");
  }
}

/** For each group its amplitude and 1 / length, as the kernels read them; the interaction, whose distances hold its rates, comes last. */
export function writeParameters(arena: Arena, place: number, { amplitudes, rates, interaction }: Parameters): void {
  const view = arena.doubles(place, 2 * amplitudes.length + (interaction === undefined ? 0 : 2));
  if (interaction !== undefined) view.set([interaction.amplitude, 1], 2 * amplitudes.length);
  for (let group = 0; group < amplitudes.length; group++) {
    view[2 * group] = amplitudes[group];
    view[2 * group + 1] = rates[group];
  }
}

/** The transposed inverse M of a factor, M[j][i] = (L^-1)[i][j]; that of the rows before is taken over. */
export function invertFactor(arena: Arena, factor: Factor, before?: Triangular): Triangular {
  const { rows, stride, data } = factor;
  const kept = before === undefined || before.rows > rows ? undefined : before;
  const scratch = arena.allocate(64);
  const matrix = arena.allocate(8 * stride * (rows + 1));
  const inverse = arena.allocate(8 * stride * (rows + 1));
  arena.doubles(matrix, stride * rows).set(data);
  const view = arena.doubles(inverse, stride * (rows + 1));
  view.fill(0);
  const first = kept?.rows ?? 0;
  for (let row = 0; row < first; row++) {
    view.set(kept!.data.subarray(row * kept!.stride + row, row * kept!.stride + first), row * stride + row);
  }
  arena.functions.invertFactor(matrix, inverse, 8 * stride, first, rows, scratch);
  return { rows, stride, data: view.slice(0, stride * rows) };
}
