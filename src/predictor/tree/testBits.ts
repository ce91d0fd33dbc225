import type { Matrix } from "../../kernels/matrix.js";
import type { Trees } from "./trees.js";

/** The outcomes of all tests for some rows. */
export interface TestBits {
  /** For each group of 32 tests, one word for each row: bit i is set where test 32 · group + i is passed. */
  readonly words: readonly Int32Array[];
  /** The number of the row in the matrix, for each word. */
  readonly order: Int32Array;
}

/** Rows that are read for all groups of tests before the next ones: they stay in the cache. */
const CHUNK = 512;

/** Makes all tests on the rows from `start` to `end`. */
export function packTests(trees: Trees, features: Matrix, start: number, end: number): TestBits {
  const { testColumn, testThreshold } = trees;
  const order = new Int32Array(end - start);
  for (let i = 0; i < order.length; i++) order[i] = start + i;
  const words: Int32Array[] = [];
  const writers: ((first: number, last: number) => void)[] = [];
  for (let first = 0; first < testColumn.length; first += 32) {
    const columns = testColumn.slice(first, first + 32);
    const thresholds = testThreshold.slice(first, first + 32);
    const word = new Int32Array(end - start);
    words.push(word);
    const write = thresholds.every((threshold) => threshold > 0) ? writePositive : writeAny;
    writers.push((from, to) => write(features, columns, thresholds, start, from, to, word));
  }
  for (let from = 0; from < order.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, order.length);
    for (const write of writers) write(from, to);
  }
  return { words, order };
}

/** Writes the outcomes of up to 32 tests for the rows from `start + from` to `start + to`. */
function writeAny(
  { columns, data }: Matrix,
  testColumns: Int32Array,
  thresholds: Float64Array,
  start: number,
  from: number,
  to: number,
  word: Int32Array,
): void {
  for (let i = from; i < to; i++) {
    const row = (start + i) * columns;
    let outcomes = 0;
    for (let test = 0; test < testColumns.length; test++) {
      if (data[row + testColumns[test]] >= thresholds[test]) outcomes |= 1 << test;
    }
    word[i] = outcomes;
  }
}

/**
 * As `writeAny`, for positive thresholds: floats that are not negative are in the same order as their bits, and comparing
 * whole numbers needs no branch.
 */
function writePositive(
  { columns, data }: Matrix,
  testColumns: Int32Array,
  thresholds: Float64Array,
  start: number,
  from: number,
  to: number,
  word: Int32Array,
): void {
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const least = Int32Array.from(thresholds, leastPassing);
  const tests = testColumns.length;
  for (let i = from; i < to; i++) {
    const row = (start + i) * columns;
    let outcomes = 0;
    for (let test = 0; test < tests; test++) {
      const value = bits[row + testColumns[test]];
      outcomes |= ((~(value - least[test]) & ~value) >>> 31) << test;
    }
    word[i] = outcomes;
  }
}

/** The bits of the smallest 32-bit float that is at least a positive number. */
function leastPassing(threshold: number): number {
  const float = Float32Array.of(threshold);
  const bits = new Int32Array(float.buffer);
  return float[0] < threshold ? bits[0] + 1 : bits[0];
}
