import { elementCount } from "./numpyArray.js";
import type { NumpyType } from "./numpyType.js";

/** The flat memory that torch tensors share. Its bytes come after the pickle, or in a file of their own. */
export class TorchStorage {
  readonly key: string;
  readonly type: NumpyType;
  readonly count: number;
  #bytes: Uint8Array | undefined;

  constructor(key: string, type: NumpyType, count: number) {
    if (!(Number.isSafeInteger(count) && count >= 0)) throw new Error(`a torch storage has ${count} elements`);
    this.key = key;
    this.type = type;
    this.count = count;
  }

  get filled(): boolean {
    return this.#bytes !== undefined;
  }

  fill(bytes: Uint8Array): void {
    if (bytes.length !== this.count * this.type.size) {
      throw new Error(
        `the torch storage "${this.key}" has ${bytes.length} bytes instead of ${this.count * this.type.size}`,
      );
    }
    this.#bytes = bytes;
  }

  view(): DataView {
    if (this.#bytes === undefined) throw new Error(`the torch storage "${this.key}" has no data`);
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }
}

/** A torch tensor: a strided view of a storage. */
export class TorchTensor {
  readonly shape: readonly number[];
  readonly #storage: TorchStorage;
  readonly #offset: number;
  readonly #strides: readonly number[];

  /** Throws where the view reaches beyond its storage. */
  constructor(storage: TorchStorage, offset: number, shape: readonly number[], strides: readonly number[]) {
    const count = elementCount(shape);
    if (shape.length !== strides.length) throw new Error("a tensor has another number of strides than axes");
    if (!strides.every((stride) => Number.isSafeInteger(stride) && stride >= 0)) throw new Error("a bad tensor stride");
    const last = shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis], offset);
    const inside = count === 0 || (offset >= 0 && last < storage.count && count <= storage.count);
    if (!inside) throw new Error(`a tensor of ${count} elements reaches beyond its storage of ${storage.count}`);
    this.shape = shape;
    this.#storage = storage;
    this.#offset = offset;
    this.#strides = strides;
  }

  /** All numbers in row-major order. */
  values(): Float64Array {
    const values = new Float64Array(elementCount(this.shape));
    const view = this.#storage.view();
    const { type } = this.#storage;
    const index = new Array<number>(this.shape.length).fill(0);
    for (let i = 0; i < values.length; i++) {
      let position = this.#offset;
      for (let axis = 0; axis < index.length; axis++) position += index[axis] * this.#strides[axis];
      values[i] = type.read(view, position * type.size);
      for (let axis = index.length - 1; axis >= 0; axis--) {
        if (++index[axis] < this.shape[axis]) break;
        index[axis] = 0;
      }
    }
    return values;
  }
}
