import type { Arena } from "../../kernels/arena.js";
import { addDistances, type Observations, triangle } from "./observations.js";
import type { Parameters } from "./parameters.js";
import { strideFor, type Triangular } from "./triangular.js";

/** What is added to the noise first, and at most, as a share of the variance, where the covariance is not positive definite. */
const FIRST_JITTER = 1e-8;
const MOST_JITTER = 1;

/** Of about so many pairs of observations the distances are copied at a time. */
const PAIRS = 65_536;

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
  const { count } = observations;
  const kept = before === undefined || before.rows > count ? undefined : before;
  const stride = strideFor(count + 2);
  const first = kept?.rows ?? 0;
  const scratch = arena.allocate(64);
  const matrix = arena.allocate(8 * stride * (count + 1));
  if (kept !== undefined) {
    const view = arena.doubles(matrix, stride * first);
    for (let row = 0; row < first; row++) {
      view.set(kept.data.subarray(row * kept.stride, row * kept.stride + row + 1), row * stride);
    }
  }
  const { functions } = arena;
  for (let jitter = kept?.jitter ?? FIRST_JITTER; ; jitter *= 100) {
    const diagonal = parameters.variance * (1 + jitter) + parameters.noise;
    writeCovariances(arena, observations, parameters, diagonal, first, matrix, stride);
    if (functions.factorise(matrix, 8 * stride, first, count, count, scratch) === 1) {
      return { rows: count, stride, data: arena.doubles(matrix, stride * count).slice(), jitter };
    }
    if (kept !== undefined) return factoriseObservations(arena, observations, parameters);
    if (jitter > MOST_JITTER) throw new Error("The covariance of the observations holds a number that is not finite.");
  }
}

/** Rows of the lower triangle of the covariance, from number `first` on, a few at a time: the distances of all would take far more memory. */
function writeCovariances(
  arena: Arena,
  observations: Observations,
  parameters: Parameters,
  diagonal: number,
  first: number,
  matrix: number,
  stride: number,
): void {
  const { count, groups } = observations;
  const { interaction } = parameters;
  const parts = groups.length + (interaction === undefined ? 0 : 1);
  const top = arena.top;
  const constants = arena.allocate(16 * parts);
  const most = Math.min(triangle(count) - triangle(first), Math.max(PAIRS, count)) + 1;
  const distances = arena.allocate(8 * most * parts);
  writeParameters(arena, constants, parameters);
  const all = groups.map((_, group) => observations.distances(group));
  for (let from = first; from < count; ) {
    let to = from + 1;
    while (to < count && triangle(to + 1) - triangle(from) < most) to++;
    const given = all.map((own) => own.subarray(triangle(from), triangle(to)));
    for (let part = 0; part < parts; part++) {
      const view = arena.doubles(distances + 8 * most * part, triangle(to) - triangle(from) + 1);
      view[view.length - 1] = 0;
      if (part < groups.length) view.set(given[part]);
      else addDistances(given, interaction!.rates, view.subarray(0, -1));
    }
    const origin = distances - 8 * triangle(from);
    arena.functions.covariances(origin, parts, 8 * most, constants, diagonal, from, to, matrix, 8 * stride, 0);
    from = to;
  }
  arena.release(top);
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
