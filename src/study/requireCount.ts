import { AssayError } from "../errors.js";

/** Throws AssayError where a count is not a whole number from 1. */
export function requireCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new AssayError("bad-count", `${name} must be a whole number from 1, got ${value}.`);
  }
}
