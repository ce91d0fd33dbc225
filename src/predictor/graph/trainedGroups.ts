import type { Arena } from "../../kernels/arena.js";
import { codeNumbers } from "./codeKeys.js";
import { type GraphDesign, WIDTH } from "./graphNetwork.js";
import type { GraphShape } from "./graphRows.js";
import { NORMALISATION } from "./rowLayers.js";

/** A trained network as plain data: its design and what it learnt. */
export interface TrainedGraphs extends GraphDesign {
  readonly shape: GraphShape;
  /** `Network.state` of the whole network. */
  readonly state: Float32Array;
  /** How many of these numbers are parameters; statistics follow. */
  readonly parameters: number;
}

/** Byte addresses of a group: its weights, and its normalisation as `activateRows` wants it. */
export interface TrainedGroup {
  readonly weights: number;
  readonly channels: number;
  /** Of all directions. */
  readonly folded: number;
  /** Of each direction for itself. */
  readonly sides: readonly number[];
}

/** The groups of an attention. */
export interface TrainedAttention {
  readonly query: TrainedGroup;
  readonly key: TrainedGroup;
  readonly value: TrainedGroup;
  readonly end: TrainedGroup;
}

/** All groups of a network, in the memory of the kernels. */
export interface TrainedGroups {
  /** One number for each vertex, then the bias. */
  readonly head: Float32Array;
  readonly bias: number;
  readonly first: TrainedGroup;
  readonly second: TrainedGroup;
  readonly nsam: TrainedAttention | undefined;
  readonly third: TrainedGroup;
  /** The dense layer of the codes, as a group of one direction. */
  readonly codes: TrainedGroup | undefined;
  readonly fusion: TrainedAttention | undefined;
}

/** Reads a state in the order in which `createGraphNetwork` plans it. */
export function readGroups(arena: Arena, trained: TrainedGraphs): TrainedGroups {
  const { shape, state, parameters, nsam, codeLength, released } = trained;
  const { functions } = arena;
  const start = arena.allocate(4 * state.length);
  let parameter = start;
  let statistic = start + 4 * parameters;
  const takeParameter = (length: number): number => {
    const address = parameter;
    parameter += 16 * Math.ceil(length / 4);
    return address;
  };
  const takeStatistic = (length: number): number => {
    const address = statistic;
    statistic += 4 * length;
    return address;
  };
  // Folded when the state is in its place.
  const folds: (() => void)[] = [];
  const take = (channels: number, length: number, directions: 1 | 2): TrainedGroup => {
    const both = directions * WIDTH;
    const weights = takeParameter(length);
    const [scales, shifts] = [takeParameter(both), takeParameter(both)];
    const [means, variances] = [takeStatistic(both), takeStatistic(both)];
    const { epsilon } = NORMALISATION;
    const fold = (count: number, first: number): number => {
      const folded = arena.allocate(8 * count * WIDTH);
      const [scale, shift, mean, variance] = [scales, shifts, means, variances].map((all) => all + 4 * WIDTH * first);
      folds.push(() => functions.foldNormalisation(WIDTH, count, scale, shift, mean, variance, epsilon, folded));
      return folded;
    };
    const sides = Array.from({ length: directions }, (_, direction) => fold(1, direction));
    return { weights, channels, folded: fold(directions, 0), sides };
  };
  const group = (channels = WIDTH): TrainedGroup => take(channels, 2 * channels * WIDTH, 2);
  const attention = (): TrainedAttention => {
    const [query, key] = [group(), group()];
    const value = released ? query : group();
    return { query, key, value, end: group() };
  };
  const [head, bias] = [takeParameter(shape.vertices), takeParameter(1)];
  const [first, second] = [group(shape.words), group()];
  const between = nsam ? attention() : undefined;
  const third = group();
  const depth = codeNumbers(codeLength);
  const codes = codeLength > 0 ? take(depth, depth * shape.vertices * WIDTH, 1) : undefined;
  const fusion = codes && attention();
  arena.floats(start, state.length).set(state);
  for (const fold of folds) fold();
  return {
    head: arena.floats(head, shape.vertices).slice(),
    bias: arena.floats(bias, 1)[0],
    ...{ first, second, nsam: between, third, codes, fusion },
  };
}
