import { check } from "../conformance.js";

const GUARD = 77;
const GUARD_LENGTH = 8;

/** A buffer between two fences, to see whether anything was written outside. */
export class Guarded<List extends Int32Array | Uint8Array | Float64Array> {
  readonly inner: List;
  readonly #whole: List;

  constructor(kind: new (length: number) => List, length: number) {
    this.#whole = new kind(length + 2 * GUARD_LENGTH);
    this.#whole.fill(GUARD);
    this.inner = this.#whole.subarray(GUARD_LENGTH, GUARD_LENGTH + length) as List;
  }

  verify(writer: string): void {
    const end = GUARD_LENGTH + this.inner.length;
    const broken = this.#whole.some((value, i) => (i < GUARD_LENGTH || i >= end) && value !== GUARD);
    check(!broken, `${writer} writes outside its buffer`);
  }
}

/** An architecture as text, to compare it. */
export function keyOf(architecture: Int32Array): string {
  return architecture.join(",");
}
