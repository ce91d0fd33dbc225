import type { Arena, KernelFunctions } from "../kernels/arena.js";
import type { Kernels } from "../kernels/kernels.js";
import type { Parameter, ParameterRole, Step } from "./builder.js";
import type { Tensor } from "./tensor.js";

interface Planned {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly batch: number;
  readonly steps: readonly Step[];
  /** Byte address of the parameters, behind which the statistics lie. */
  readonly state: number;
  readonly gradients: number;
  /** Byte address of two numbers for each parameter, zero at first, for optimisers. */
  readonly moments: number;
  /** Numbers that the optimiser changes, padded. */
  readonly trained: number;
  /** These and the statistics. */
  readonly learnt: number;
  readonly all: Float32Array<ArrayBuffer>;
  readonly parameters: readonly Parameter[];
}

/** The numbers of one parameter and their gradients; views. */
export interface ParameterView {
  readonly role: ParameterRole;
  readonly values: Float32Array;
  readonly gradients: Float32Array;
}

/** Byte addresses of all trained numbers, of their gradients and of two more numbers for each, and how many vectors of four they are. */
export interface NetworkParameters {
  readonly values: number;
  readonly gradients: number;
  readonly moments: readonly [number, number];
  readonly vectors: number;
}

/**
 * A planned network: a list of steps over memory of its own. `close` gives the memory back; a closed network must not be
 * used. Made by `NetworkBuilder.finish`.
 *
 * @example
 * network.write(image, pixels);
 * network.forward(true);
 * network.clearGradients();
 * network.backward();
 * optimiser.step(0.001);
 */
export class Network {
  readonly batch: number;
  /** Trained numbers, without the padding. */
  readonly parameterCount: number;
  readonly functions: KernelFunctions;
  readonly #planned: Planned;

  constructor(planned: Planned) {
    this.#planned = planned;
    this.batch = planned.batch;
    this.parameterCount = planned.parameters.reduce((sum, { length }) => sum + length, 0);
    this.functions = planned.arena.functions;
  }

  /** What optimisers work on. */
  get parameters(): NetworkParameters {
    const { state, gradients, moments, trained } = this.#planned;
    return { values: state, gradients, moments: [moments, moments + 4 * trained], vectors: trained / 4 };
  }

  /** The trained numbers themselves; a view. */
  get weights(): Float32Array {
    const { all, state, trained } = this.#planned;
    return all.subarray(state / 4, state / 4 + trained);
  }

  /** Their gradients; a view. */
  get weightGradients(): Float32Array {
    const { all, gradients, trained } = this.#planned;
    return all.subarray(gradients / 4, gradients / 4 + trained);
  }

  /** The trained numbers parameter by parameter, in the order of the layers. */
  parameterViews(): ParameterView[] {
    const { all, parameters } = this.#planned;
    const view = (address: number, length: number): Float32Array =>
      all.subarray(address / 4, address / 4 + (address === 0 ? 0 : length));
    return parameters.map(({ role, length, value, gradient }) => ({
      role,
      values: view(value, length),
      gradients: view(gradient, length),
    }));
  }

  /** What optimisers remember, two numbers for each trained one; a view. */
  get moments(): Float32Array {
    const { all, moments, trained } = this.#planned;
    return all.subarray(moments / 4, moments / 4 + 2 * trained);
  }

  /** The numbers of a tensor; a view. */
  values({ storage }: Tensor): Float32Array {
    const start = storage.value / 4;
    return this.#planned.all.subarray(start, start + storage.length);
  }

  /** The gradient of a tensor; a view. */
  gradientOf({ storage }: Tensor): Float32Array {
    const start = storage.gradient / 4;
    return this.#planned.all.subarray(start, start + (storage.gradient === 0 ? 0 : storage.length));
  }

  forward(training: boolean): void {
    for (const step of this.#planned.steps) step.forward(training);
  }

  /** Adds to the gradients of the parameters. The losses say where it starts. */
  backward(): void {
    const { steps } = this.#planned;
    for (let i = steps.length - 1; i >= 0; i--) steps[i].backward?.();
  }

  clearGradients(): void {
    const { gradients, trained } = this.#planned;
    this.functions.clear(gradients, trained / 4);
  }

  /** A copy of everything that was learnt: parameters, then statistics. */
  state(): Float32Array {
    const { all, state, learnt } = this.#planned;
    return all.slice(state / 4, state / 4 + learnt);
  }

  /** Takes over what `state` of an equal network gave (the batch may differ). */
  load(state: Float32Array): void {
    const { all, state: address, learnt } = this.#planned;
    if (state.length !== learnt) throw new RangeError(`a state of ${state.length} numbers, not ${learnt}`);
    all.set(state, address / 4);
  }

  close(): void {
    this.#planned.kernels.close(this.#planned.arena);
  }
}
