import { AssayError } from "../errors.js";
import type { GaussianFunctions } from "./gaussianFunctions.js";
import type { NetworkFunctions } from "./networkFunctions.js";

const PAGE = 65_536;
/** Below lie the scratch places that the kernels know by their address, and their constants. */
const FIRST_FREE = 2048;
const ALIGNMENT = 64;

/** The functions of the WebAssembly module; every argument that names memory is a byte address. See `assembly/`. */
export interface KernelFunctions extends NetworkFunctions, GaussianFunctions {
  listRows(
    source: number,
    stride: number,
    order: number,
    rows: number,
    columns: number,
    chunks: number,
    starts: number,
    entries: number,
  ): void;
  transposeLists(
    starts: number,
    entries: number,
    rows: number,
    columns: number,
    chunks: number,
    ones: number,
    targetStarts: number,
    targetEntries: number,
  ): void;
  packPanels(source: number, stride: number, rows: number, columns: number, target: number): void;
  unpackPanels(source: number, rows: number, columns: number, target: number, stride: number): void;
  multiply(
    starts: number,
    entries: number,
    rows: number,
    chunks: number,
    panels: number,
    panelRows: number,
    columns: number,
    withBias: number,
    rectify: number,
    target: number,
    stride: number,
    scratch: number,
  ): void;
  multiplyTransposed(
    starts: number,
    entries: number,
    rows: number,
    chunks: number,
    panels: number,
    panelRows: number,
    usedRows: number,
    panelColumns: number,
    gate: number,
    target: number,
    stride: number,
    scratch: number,
  ): void;
  update(
    starts: number,
    entries: number,
    rows: number,
    delta: number,
    deltaStride: number,
    samples: number,
    columns: number,
    weights: number,
    means: number,
    squares: number,
    numbers: number,
    scratch: number,
  ): number;
}

/**
 * The memory of a kernel module, handed out from a stack: `Kernels.run` frees at its end whatever was allocated within.
 * Allocated memory holds anything. It may move when it grows: take views (`floats`, `integers`) after the last
 * `allocate`, and do not keep them.
 */
export class Arena {
  readonly functions: KernelFunctions;
  readonly #memory: WebAssembly.Memory;
  #top = FIRST_FREE;

  constructor(functions: KernelFunctions, memory: WebAssembly.Memory) {
    this.functions = functions;
    this.#memory = memory;
  }

  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  get top(): number {
    return this.#top;
  }

  /** Whether nothing is allocated. */
  get isEmpty(): boolean {
    return this.#top === FIRST_FREE;
  }

  /** Address of `bytes` bytes, a multiple of 64. */
  allocate(bytes: number): number {
    const address = this.#top;
    const end = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    const missing = Math.ceil((end - this.bytes) / PAGE);
    if (missing > 0) {
      try {
        this.#memory.grow(missing);
      } catch (cause) {
        const megabytes = Math.ceil(end / 1e6);
        throw new AssayError(
          "out-of-memory",
          `The numeric kernels need ${megabytes} MB of memory, more than there is.`,
          "Use a smaller model (fewer or narrower layers) or fewer threads.",
          { cause },
        );
      }
    }
    this.#top = end;
    return address;
  }

  /** Frees everything that was allocated since `top` had this value. */
  release(top: number): void {
    this.#top = top;
  }

  /** Frees everything. */
  clear(): void {
    this.#top = FIRST_FREE;
  }

  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#memory.buffer as ArrayBuffer, address, length);
  }

  doubles(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#memory.buffer as ArrayBuffer, address, length);
  }

  integers(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#memory.buffer as ArrayBuffer, address, length);
  }
}
