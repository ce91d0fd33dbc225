import type { Network } from "./network.js";

/** Changes the parameters of a network by their gradients. */
export interface Optimiser {
  /**
   * @param rate learning rate
   * @param factor what the gradients are multiplied with first, such as 1 / batch. Default 1.
   */
  step(rate: number, factor?: number): void;
  /** Forgets all moments. */
  restart(): void;
}

/** What Adam remembers, as plain data. */
export interface AdamState {
  readonly moments: Float32Array;
  /** What is left of the first moments, 0.9 to the power of the steps done, and of the second ones. */
  readonly left: readonly [number, number];
}

/** Adam, which can be put aside and taken up again. */
export interface Adam extends Optimiser {
  state(): AdamState;
  load(state: AdamState): void;
}

/** Options of `adam`. */
export interface AdamOptions {
  readonly keptMean?: number;
  readonly keptSquare?: number;
  readonly epsilon?: number;
  /** Penalty that is part of the gradient (Adam's way). Default 0. */
  readonly l2?: number;
  /** Weight decay apart from the gradient (AdamW, Loshchilov and Hutter 2019). Default 0. */
  readonly decay?: number;
}

/** Adam (Kingma and Ba 2015), and AdamW with `decay`. */
export function adam(network: Network, options: AdamOptions = {}): Adam {
  const { keptMean = 0.9, keptSquare = 0.999, epsilon = 1e-8, l2 = 0, decay = 0 } = options;
  const { functions } = network;
  const { values, gradients, moments, vectors } = network.parameters;
  let [meanLeft, squareLeft] = [1, 1];
  return {
    step(rate, factor = 1) {
      meanLeft *= keptMean;
      squareLeft *= keptSquare;
      const root = Math.sqrt(1 - squareLeft);
      const speed = (rate * root) / (1 - meanLeft);
      functions.adam(
        values,
        gradients,
        ...moments,
        vectors,
        factor,
        l2,
        rate * decay,
        speed,
        epsilon * root,
        keptMean,
        keptSquare,
      );
    },
    restart() {
      [meanLeft, squareLeft] = [1, 1];
      for (const moment of moments) functions.clear(moment, vectors);
    },
    state: () => ({ moments: network.moments.slice(), left: [meanLeft, squareLeft] }),
    load(state) {
      network.moments.set(state.moments);
      [meanLeft, squareLeft] = state.left;
    },
  };
}

/** Options of `gradientDescent`. */
export interface GradientDescentOptions {
  readonly momentum?: number;
  /** Nesterov's momentum. Default true. */
  readonly nesterov?: boolean;
  readonly l2?: number;
}

/** Stochastic gradient descent with momentum. */
export function gradientDescent(network: Network, options: GradientDescentOptions = {}): Optimiser {
  const { momentum = 0.9, nesterov = true, l2 = 0 } = options;
  const { functions } = network;
  const { values, gradients, moments, vectors } = network.parameters;
  return {
    step(rate, factor = 1) {
      functions.descend(values, gradients, moments[0], vectors, factor, l2, rate, momentum, nesterov ? 1 : 0);
    },
    restart: () => functions.clear(moments[0], vectors),
  };
}

/** The factor by which all gradients shrink so that their norm is at most `limit`. */
export function clippingFactor(network: Network, limit: number): number {
  const { gradients, vectors } = network.parameters;
  const norm = Math.sqrt(network.functions.sumSquares(gradients, vectors));
  return norm > limit ? limit / norm : 1;
}
