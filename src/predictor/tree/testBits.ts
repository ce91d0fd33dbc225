import type { Matrix } from "../../kernels/matrix.js";
import type { Trees } from "./trees.js";

/** The outcomes of all tests for some rows. */
export interface TestBits {
  /** For each group of 32 tests, one word for each row: bit i is set where test 32 · group + i is passed. */
  readonly words: readonly Int32Array[];
  /** The number of the row in the matrix, for each word. */
  readonly order: Int32Array;
}

/** Makes all tests on the rows from `start` to `end`. */
export function packTests(trees: Trees, features: Matrix, start: number, end: number): TestBits {
  const { testColumn, testThreshold } = trees;
  const { columns, data } = features;
  // Floats that are not negative are in the same order as their bits, and comparing whole numbers needs no branch.
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const order = Int32Array.from({ length: end - start }, (_, i) => start + i);
  const words: Int32Array[] = [];
  for (let first = 0; first < testColumn.length; first += 32) {
    const word = new Int32Array(end - start);
    words.push(word);
    const tests = Math.min(32, testColumn.length - first);
    const offsets = testColumn.slice(first, first + tests);
    const thresholds = testThreshold.slice(first, first + tests);
    if (thresholds.every((threshold) => threshold > 0)) {
      const least = Int32Array.from(thresholds, leastPassing);
      for (let i = 0; i < word.length; i++) {
        const row = (start + i) * columns;
        let outcomes = 0;
        for (let test = 0; test < tests; test++) {
          const value = bits[row + offsets[test]];
          outcomes |= ((~(value - least[test]) & ~value) >>> 31) << test;
        }
        word[i] = outcomes;
      }
    } else {
      for (let i = 0; i < word.length; i++) {
        const row = (start + i) * columns;
        let outcomes = 0;
        for (let test = 0; test < tests; test++) {
          if (data[row + offsets[test]] >= thresholds[test]) outcomes |= 1 << test;
        }
        word[i] = outcomes;
      }
    }
  }
  return { words, order };
}

/** The bits of the smallest 32-bit float that is at least a positive number. */
function leastPassing(threshold: number): number {
  const float = Float32Array.of(threshold);
  const bits = new Int32Array(float.buffer);
  return float[0] < threshold ? bits[0] + 1 : bits[0];
}
