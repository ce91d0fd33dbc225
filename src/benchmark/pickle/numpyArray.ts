import type { NumpyType } from "./numpyType.js";

/** A numpy array of numbers. */
export class NumpyArray {
  #shape: readonly number[] = [0];
  #type: NumpyType | undefined;
  #columnMajor = false;
  #bytes: Uint8Array = new Uint8Array(0);

  get shape(): readonly number[] {
    return this.#shape;
  }

  /** Fills the array. Throws where the bytes are not exactly those that the shape needs. */
  fill(shape: readonly number[], type: NumpyType, columnMajor: boolean, bytes: Uint8Array): void {
    const count = elementCount(shape);
    if (count * type.size !== bytes.length) {
      const wanted = `${count * type.size} bytes for the shape (${shape.join(", ")})`;
      throw new Error(`a numpy array has ${bytes.length} bytes instead of ${wanted}`);
    }
    this.#shape = shape;
    this.#type = type;
    this.#columnMajor = columnMajor;
    this.#bytes = bytes;
  }

  /** All numbers in row-major order. */
  values(): Float64Array {
    const values = new Float64Array(elementCount(this.#shape));
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    for (let i = 0; i < values.length; i++) {
      values[i] = this.#type!.read(view, (this.#columnMajor ? this.#columnMajorPosition(i) : i) * this.#type!.size);
    }
    return values;
  }

  #columnMajorPosition(rowMajor: number): number {
    let rest = rowMajor;
    let position = 0;
    let stride = elementCount(this.#shape);
    for (let axis = this.#shape.length - 1; axis >= 0; axis--) {
      stride /= this.#shape[axis];
      position += (rest % this.#shape[axis]) * stride;
      rest = Math.floor(rest / this.#shape[axis]);
    }
    return position;
  }
}

const maximumAxes = 32;

/** How many elements a shape has. Throws for a shape that no array has. */
export function elementCount(shape: readonly number[]): number {
  if (shape.length > maximumAxes) throw new Error(`a shape has ${shape.length} axes`);
  let count = 1;
  for (const length of shape) {
    if (!(Number.isSafeInteger(length) && length >= 0)) throw new Error(`a shape has the length ${length}`);
    count *= length;
  }
  if (!Number.isSafeInteger(count)) throw new Error(`the shape (${shape.join(", ")}) is absurdly large`);
  return count;
}
