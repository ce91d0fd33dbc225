import type { Matrix } from "../../kernels/matrix.js";
import { transposeBits } from "./bits.js";
import type { LeafSums } from "./sumLeaves.js";
import { packTests, type TestBits } from "./testBits.js";
import type { Trees } from "./trees.js";

/** Rows that are handled together. The more there are, the more they share. */
const BLOCK = 1 << 19;
/** As many rows as a word has bits. */
const WORD = 32;
const TEST_BITS = 9;
const TEST_MASK = (1 << TEST_BITS) - 1;

/**
 * Many rows and many trees ask the same few questions, so both are walked together. A set of rows is divided by the test
 * that most trees wait for; each of these trees goes on for the whole half, and what a tree says is added
 * once for all rows that are still together when it reaches a leaf. Sets of up to 32 rows are finished with one bit for
 * each row. Sums are exact, so how rows were grouped does not show.
 */
export class SharedWalk {
  readonly #trees: Trees;
  readonly #features: Matrix;
  readonly #result: LeafSums;
  readonly #second: Float64Array;
  /** For each inner node, first child and test in one number; -1 for a leaf. */
  readonly #nodes: Int32Array;
  #rows: TestBits;
  /** The outcome of each test for all rows of the set at hand, -1 where they differ. */
  readonly #known: Int8Array;
  /** The inner nodes that trees have reached, for each set on the way down, one list behind the other. */
  #waiting: Int32Array;
  readonly #demand: Int32Array;
  /** For each test, one bit for each row of a small set. */
  readonly #masks: Int32Array;
  readonly #sums = new Float64Array(WORD);
  readonly #secondSums = new Float64Array(WORD);
  readonly #laterNodes = new Int32Array(WORD);
  readonly #laterMasks = new Int32Array(WORD);

  constructor(trees: Trees, features: Matrix, result: LeafSums, second: Float64Array | undefined) {
    this.#trees = trees;
    this.#features = features;
    this.#result = result;
    this.#second = second ?? new Float64Array(0);
    const tests = trees.testColumn.length;
    this.#nodes = trees.test.map((test, node) => (test < 0 ? -1 : (trees.child[node] << TEST_BITS) | test));
    this.#rows = packTests(trees, features, 0, 0);
    this.#known = new Int8Array(tests).fill(-1);
    this.#waiting = new Int32Array(trees.roots.length * 8);
    this.#demand = new Int32Array(tests);
    this.#masks = new Int32Array(WORD * this.#rows.words.length);
  }

  run(): void {
    const { roots } = this.#trees;
    for (let start = 0; start < this.#features.rows; start += BLOCK) {
      const end = Math.min(start + BLOCK, this.#features.rows);
      this.#rows = packTests(this.#trees, this.#features, start, end);
      this.#waiting.set(roots);
      this.#walk(0, end - start, 0, roots.length, 0, 0);
    }
  }

  #walk(start: number, end: number, listStart: number, listEnd: number, sum: number, second: number): void {
    if (listStart === listEnd) this.#write(start, end, sum, second);
    else if (end - start <= WORD) this.#finish(start, end, listStart, listEnd, sum, second);
    else {
      const test = this.#mostWanted(listStart, listEnd);
      const middle = this.#divide(start, end, test);
      if (middle > start) this.#enter(start, middle, listStart, listEnd, sum, second, test, 0);
      if (middle < end) this.#enter(middle, end, listStart, listEnd, sum, second, test, 1);
      this.#known[test] = -1;
    }
  }

  #mostWanted(listStart: number, listEnd: number): number {
    const nodes = this.#nodes;
    const demand = this.#demand.fill(0);
    const waiting = this.#waiting;
    for (let i = listStart; i < listEnd; i++) demand[nodes[waiting[i]] & TEST_MASK]++;
    let wanted = 0;
    for (let i = 1; i < demand.length; i++) if (demand[i] > demand[wanted]) wanted = i;
    return wanted;
  }

  /** Puts the rows that pass a test behind those that fail it; gives the first place of the former. */
  #divide(start: number, end: number, test: number): number {
    const { words, order } = this.#rows;
    const bits = words[test >>> 5];
    const shift = test & 31;
    let low = start;
    let high = end - 1;
    for (;;) {
      while (low <= high && ((bits[low] >>> shift) & 1) === 0) low++;
      while (low <= high && ((bits[high] >>> shift) & 1) === 1) high--;
      if (low >= high) return low;
      for (let group = 0; group < words.length; group++) {
        const word = words[group];
        const kept = word[low];
        word[low] = word[high];
        word[high] = kept;
      }
      const row = order[low];
      order[low++] = order[high];
      order[high--] = row;
    }
  }

  /** Goes on with the rows for which a test came out one way. */
  #enter(
    start: number,
    end: number,
    listStart: number,
    listEnd: number,
    sum: number,
    second: number,
    answered: number,
    outcome: number,
  ): void {
    const { value } = this.#trees;
    const nodes = this.#nodes;
    const known = this.#known;
    const secondValue = this.#second;
    const withSecond = secondValue.length > 0;
    known[answered] = outcome;
    if (2 * listEnd - listStart > this.#waiting.length) {
      const larger = new Int32Array(2 * this.#waiting.length);
      larger.set(this.#waiting);
      this.#waiting = larger;
    }
    const waiting = this.#waiting;
    let filled = listEnd;
    let total = sum;
    let secondTotal = second;
    for (let i = listStart; i < listEnd; i++) {
      let node = waiting[i];
      let packed = nodes[node];
      if ((packed & TEST_MASK) === answered) {
        node = (packed >>> TEST_BITS) + outcome;
        packed = nodes[node];
        while (packed >= 0 && known[packed & TEST_MASK] >= 0) {
          node = (packed >>> TEST_BITS) + known[packed & TEST_MASK];
          packed = nodes[node];
        }
        if (packed < 0) {
          total += value[node];
          if (withSecond) secondTotal += secondValue[node];
          continue;
        }
      }
      waiting[filled++] = node;
    }
    this.#walk(start, end, listEnd, filled, total, secondTotal);
  }

  /** Walks each waiting tree with up to 32 rows at once. */
  #finish(start: number, end: number, listStart: number, listEnd: number, sum: number, second: number): void {
    const { words, order } = this.#rows;
    const masks = this.#masks;
    for (let group = 0; group < words.length; group++) transposeBits(words[group], start, end, masks, WORD * group);
    const { value } = this.#trees;
    const nodes = this.#nodes;
    const waiting = this.#waiting;
    const secondValue = this.#second;
    const withSecond = secondValue.length > 0;
    const sums = this.#sums.fill(sum);
    const secondSums = this.#secondSums.fill(second);
    const laterNodes = this.#laterNodes;
    const laterMasks = this.#laterMasks;
    const every = -1 >>> (WORD - (end - start));
    for (let i = listStart; i < listEnd; i++) {
      let later = 0;
      let node = waiting[i];
      let rows = every | 0;
      for (;;) {
        const packed = nodes[node];
        if (packed >= 0) {
          const passing = rows & masks[packed & TEST_MASK];
          node = packed >>> TEST_BITS;
          if (passing === rows) node++;
          else if (passing !== 0) {
            laterNodes[later] = node + 1;
            laterMasks[later++] = passing;
            rows ^= passing;
          }
          continue;
        }
        const leafValue = value[node];
        if (withSecond) {
          const leafSecond = secondValue[node];
          for (let left = rows; left !== 0; left &= left - 1) secondSums[31 - Math.clz32(left & -left)] += leafSecond;
        }
        for (; rows !== 0; rows &= rows - 1) sums[31 - Math.clz32(rows & -rows)] += leafValue;
        if (later === 0) break;
        node = laterNodes[--later];
        rows = laterMasks[later];
      }
    }
    const result = this.#result;
    for (let i = start; i < end; i++) {
      result.sums[order[i]] = sums[i - start];
      if (result.secondSums !== undefined) result.secondSums[order[i]] = secondSums[i - start];
    }
  }

  #write(start: number, end: number, sum: number, second: number): void {
    const { sums, secondSums } = this.#result;
    const { order } = this.#rows;
    for (let i = start; i < end; i++) {
      sums[order[i]] = sum;
      if (secondSums !== undefined) secondSums[order[i]] = second;
    }
  }
}
