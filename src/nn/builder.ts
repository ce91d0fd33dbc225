import type { Arena, KernelFunctions } from "../kernels/arena.js";
import { type Kernels, kernels } from "../kernels/kernels.js";
import type { Generator } from "../random/index.js";
import { Network } from "./network.js";
import type { GradientUse, Storage, Tensor } from "./tensor.js";

/** What the numbers of a parameter do. */
export type ParameterRole = "weight" | "bias" | "normalisation" | "statistic";

/** Learnt numbers of a layer. */
export interface Parameter {
  readonly length: number;
  readonly role: ParameterRole;
  /** Byte addresses, known when the network is planned. */
  value: number;
  gradient: number;
}

/** A stretch of memory of one layer; its address is known when the network is planned. */
export interface Memory {
  address: number;
}

/** What one layer does on the way forward and on the way back. */
export interface Step {
  /** @param training whether this is a step of training (batch statistics, dropout) or of prediction */
  forward(training: boolean): void;
  /** Gradients of parameters are added, those of tensors written or added as their `GradientUse` says. */
  backward?(): void;
}

/** Fills the numbers of a parameter before the training. */
export type Initialiser = (values: Float32Array, generator: Generator) => void;

/** Options of `new NetworkBuilder`. */
export interface NetworkBuilderOptions {
  /** Samples that are worked on at a time, a multiple of four. */
  readonly batch: number;
  /** Whether gradients will be wanted. Default true. */
  readonly gradients?: boolean;
  /** Default: the kernels of this thread. */
  readonly with?: Kernels;
}

interface PlannedParameter extends Parameter {
  readonly initialise: Initialiser;
}

/**
 * Collects the layers of a network; `finish` plans all of its memory at once, and nothing is allocated afterwards. Layers are
 * functions of a builder and tensors, one to a file, that give tensors.
 *
 * @example
 * const builder = new NetworkBuilder({ batch: 32 });
 * const image = builder.input(1, 8, 8);
 * const logits = dense(builder, averagePlaces(builder, rectify(builder, convolution(builder, image, { outputs: 8 }))), { outputs: 10 });
 * const network = builder.finish(createGenerator(1));
 */
export class NetworkBuilder {
  readonly batch: number;
  /** Vectors of four samples to a place. */
  readonly run: number;
  readonly gradients: boolean;
  readonly arena: Arena;
  readonly functions: KernelFunctions;
  readonly #kernels: Kernels;
  readonly #storages: Storage[] = [];
  readonly #parameters: PlannedParameter[] = [];
  readonly #statistics: PlannedParameter[] = [];
  readonly #memories: { readonly memory: Memory; readonly bytes: number; readonly contents: Int32Array | undefined }[] =
    [];
  readonly #steps: Step[] = [];
  readonly #shared = new Map<string, Memory>();
  readonly #derived = new Map<Storage, Map<string, unknown>>();
  readonly #scratch: Memory = { address: 0 };
  #scratchBytes = 0;
  /** Multiply-accumulates of one sample in convolutions and dense layers, biases counted once. */
  multiplyAccumulates = 0;
  /** Called with the result of each rectification. */
  onRectify: ((output: Tensor) => void) | undefined;

  constructor({ batch, gradients = true, with: used = kernels() }: NetworkBuilderOptions) {
    if (!(Number.isInteger(batch) && batch > 0 && batch % 4 === 0)) {
      throw new RangeError(`a batch is a multiple of four samples, not ${batch}`);
    }
    this.batch = batch;
    this.run = batch / 4;
    this.gradients = gradients;
    this.#kernels = used;
    this.arena = used.open();
    this.functions = this.arena.functions;
  }

  /** Trained numbers so far, without padding; as `multiplyAccumulates` known before any memory is planned. */
  get parameterCount(): number {
    return this.#parameters.reduce((sum, { length }) => sum + length, 0);
  }

  /** A tensor that the caller fills before each step. */
  input(channels: number, height = 1, width = 1, { gradient = false } = {}): Tensor {
    return this.#create(channels, height, width, gradient);
  }

  /** The result of a layer. */
  tensor(channels: number, height = 1, width = 1): Tensor {
    return this.#create(channels, height, width, true);
  }

  #create(channels: number, height: number, width: number, wantsGradient: boolean): Tensor {
    const storage: Storage = {
      length: channels * height * width * this.batch,
      wantsGradient: wantsGradient && this.gradients,
      uses: [],
      value: 0,
      gradient: 0,
    };
    this.#storages.push(storage);
    return { channels, height, width, storage };
  }

  /**
   * Declares that a layer reads a tensor; undefined where nobody wants its gradient.
   *
   * @param from the result of the layer, where its gradient is that of the tensor, number by number
   */
  use({ storage }: Tensor, from?: Tensor): GradientUse | undefined {
    if (!storage.wantsGradient) return undefined;
    const use: GradientUse = { adds: 1, from: from?.storage };
    storage.uses.push(use);
    return use;
  }

  parameter(length: number, role: Exclude<ParameterRole, "statistic">, initialise: Initialiser): Parameter {
    const parameter = { length, role, value: 0, gradient: 0, initialise };
    this.#parameters.push(parameter);
    return parameter;
  }

  /** Numbers that are learnt but not by gradients, such as running means. They are part of the network's state. */
  statistic(length: number, initial: number): Parameter {
    const initialise: Initialiser = (values) => void values.fill(initial);
    const parameter = { length, role: "statistic" as const, value: 0, gradient: 0, initialise };
    this.#statistics.push(parameter);
    return parameter;
  }

  /** Memory of one layer, zero at first. */
  memory(bytes: number): Memory {
    const memory = { address: 0 };
    this.#memories.push({ memory, bytes, contents: undefined });
    return memory;
  }

  /** Memory, zero at first, that all layers share who give the same name. */
  sharedMemory(name: string, bytes: number): Memory {
    const known = this.#shared.get(name);
    if (known !== undefined) return known;
    const memory = this.memory(bytes);
    this.#shared.set(name, memory);
    return memory;
  }

  /** A table of byte offsets. */
  table(contents: Int32Array): Memory {
    const memory = { address: 0 };
    this.#memories.push({ memory, bytes: contents.byteLength, contents });
    return memory;
  }

  /** Memory that holds nothing from one kernel to the next. */
  scratch(bytes: number): Memory {
    this.#scratchBytes = Math.max(this.#scratchBytes, bytes);
    return this.#scratch;
  }

  /** What is made of a tensor once, however many layers ask for it. */
  derive<Made>({ storage }: Tensor, name: string, make: () => Made): Made {
    const known = this.#derived.get(storage) ?? new Map<string, unknown>();
    this.#derived.set(storage, known);
    if (!known.has(name)) known.set(name, make());
    return known.get(name) as Made;
  }

  step(step: Step): void {
    this.#steps.push(step);
  }

  /**
   * Plans the memory and fills the parameters.
   *
   * @param generator absent where `Network.load` will fill them
   */
  finish(generator?: Generator): Network {
    const { arena } = this;
    const planned = [...this.#parameters, ...this.#statistics];
    const trained = this.#parameters.reduce((sum, { length }) => sum + padded(length), 0);
    const learnt = planned.reduce((sum, { length }) => sum + padded(length), 0);
    const state = arena.allocate(4 * learnt);
    const gradients = this.gradients ? arena.allocate(4 * trained) : 0;
    const moments = this.gradients ? arena.allocate(8 * trained) : 0;
    let offset = 0;
    for (const parameter of planned) {
      parameter.value = state + 4 * offset;
      parameter.gradient = this.gradients && offset < trained ? gradients + 4 * offset : 0;
      offset += padded(parameter.length);
    }
    for (const storage of this.#storages) {
      storage.value = arena.allocate(4 * storage.length);
      // The way back meets the last reader first.
      const first = storage.uses.at(-1);
      if (first !== undefined) first.adds = 0;
    }
    // Results come after what they are made of: when an address is taken over, it is known.
    for (const storage of [...this.#storages].reverse()) {
      if (!storage.wantsGradient) continue;
      const [from] = storage.uses.length === 1 ? storage.uses.map((use) => use.from) : [];
      storage.gradient = from?.gradient ?? arena.allocate(4 * storage.length);
    }
    for (const { memory, bytes } of this.#memories) memory.address = arena.allocate(bytes);
    this.#scratch.address = arena.allocate(this.#scratchBytes);

    const all = arena.floats(0, Math.floor(arena.top / 4));
    all.fill(0, state / 4, arena.top / 4);
    for (const { memory, contents } of this.#memories) {
      if (contents !== undefined) arena.integers(memory.address, contents.length).set(contents);
    }
    for (const [number, { value, length, initialise }] of planned.entries()) {
      const isTrained = number < this.#parameters.length;
      if (generator !== undefined || !isTrained) {
        initialise(all.subarray(value / 4, value / 4 + length), generator?.split(number) ?? NO_RANDOMNESS);
      }
    }
    return new Network({
      kernels: this.#kernels,
      arena,
      batch: this.batch,
      steps: this.#steps,
      state,
      gradients,
      moments,
      trained,
      learnt,
      all,
      parameters: this.#parameters,
    });
  }
}

const NO_RANDOMNESS = undefined as unknown as Generator;

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
