import type { Matrix } from "../../kernels/matrix.js";
import { transposeBits } from "./bits.js";
import { sortByOutcomes } from "./sortByOutcomes.js";
import type { LeafSums } from "./sumLeaves.js";
import { packTests, type TestBits } from "./testBits.js";
import type { Trees } from "./trees.js";

/** Rows whose outcomes are noted and sorted together. */
const BATCH = 1 << 19;
/** Rows that go down a tree together: one bit each. */
const SET = 32;
/** Sets that a tree is walked with before the next tree: what they need fits the nearest cache. */
const SETS = 32;
const TEST_BITS = 9;
const TEST_MASK = (1 << TEST_BITS) - 1;

/** The most nodes for which a node and its test fit one 32-bit number. */
export const MOST_NODES = 0x80000000 / (1 << TEST_BITS);
/** The most tests. */
export const MOST_TESTS = 1 << TEST_BITS;

/**
 * Walks trees with sets of 32 rows at once. Rows are sorted by the outcomes of the tests that matter most, so the rows of a
 * set agree about most tests and few of them part on the way down. A tree starts where the tests on
 * which a whole block of sets agrees have led it, and stays in the nearest cache while it handles a block. Sums are exact, so
 * how rows were grouped does not show.
 */
export class BlockWalk {
  readonly #trees: Trees;
  readonly #features: Matrix;
  readonly #result: LeafSums;
  readonly #second: Float64Array;
  /** For each inner node, first child and test in one number; -1 for a leaf. */
  readonly #nodes: Int32Array;
  readonly #tests: number;
  /** For each set and test, one bit for each row. */
  readonly #masks: Int32Array;
  /** The outcome of each test for all rows of a block, -1 where they differ. */
  readonly #agreed: Int8Array;
  /** Sums of single rows, and of all rows of a set. */
  readonly #sums = new Float64Array(SETS * SET);
  readonly #secondSums = new Float64Array(SETS * SET);
  readonly #setSums = new Float64Array(SETS);
  readonly #secondSetSums = new Float64Array(SETS);
  readonly #laterNodes = new Int32Array(SET);
  readonly #laterRows = new Int32Array(SET);

  constructor(trees: Trees, features: Matrix, result: LeafSums, second: Float64Array | undefined) {
    this.#trees = trees;
    this.#features = features;
    this.#result = result;
    this.#second = second ?? new Float64Array(0);
    this.#nodes = packNodes(trees);
    this.#tests = SET * Math.ceil(trees.testColumn.length / SET);
    this.#masks = new Int32Array(SETS * this.#tests);
    this.#agreed = new Int8Array(this.#tests);
  }

  run(): void {
    for (let start = 0; start < this.#features.rows; start += BATCH) {
      const end = Math.min(start + BATCH, this.#features.rows);
      const bits = packTests(this.#trees, this.#features, start, end);
      sortByOutcomes(bits, this.#trees);
      for (let block = 0; block < end - start; block += SETS * SET) {
        this.#walkBlock(bits, block, Math.min(block + SETS * SET, end - start));
      }
    }
  }

  #walkBlock(bits: TestBits, start: number, end: number): void {
    const sets = Math.ceil((end - start) / SET);
    this.#readMasks(bits, start, end, sets);
    this.#sums.fill(0);
    this.#secondSums.fill(0);
    this.#setSums.fill(0);
    this.#secondSetSums.fill(0);
    const { roots, value } = this.#trees;
    const nodes = this.#nodes;
    const agreed = this.#agreed;
    const second = this.#second;
    const withSecond = second.length > 0;
    let blockSum = 0;
    let secondBlockSum = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree];
      let packed = nodes[node];
      while (packed >= 0 && agreed[packed & TEST_MASK] >= 0) {
        node = (packed >>> TEST_BITS) + agreed[packed & TEST_MASK];
        packed = nodes[node];
      }
      if (packed >= 0) {
        if (withSecond) this.#walkTreeTwice(node, sets, end - start);
        else this.#walkTree(node, sets, end - start);
      } else {
        blockSum += value[node];
        if (withSecond) secondBlockSum += second[node];
      }
    }
    const { sums, secondSums } = this.#result;
    for (let i = 0; i < end - start; i++) {
      const row = bits.order[start + i];
      sums[row] = this.#sums[i] + this.#setSums[i >>> 5] + blockSum;
      if (secondSums !== undefined) {
        secondSums[row] = this.#secondSums[i] + this.#secondSetSums[i >>> 5] + secondBlockSum;
      }
    }
  }

  #readMasks({ words }: TestBits, start: number, end: number, sets: number): void {
    const masks = this.#masks;
    const tests = this.#tests;
    const agreed = this.#agreed;
    for (let set = 0; set < sets; set++) {
      const first = start + set * SET;
      for (let group = 0; group < words.length; group++) {
        transposeBits(words[group], first, Math.min(first + SET, end), masks, set * tests + group * SET);
      }
    }
    for (let test = 0; test < tests; test++) {
      let anyPasses = 0;
      let anyFails = 0;
      for (let set = 0; set < sets; set++) {
        const mask = masks[set * tests + test];
        anyPasses |= mask;
        anyFails |= ~mask & everyRow(set, end - start);
      }
      agreed[test] = anyFails === 0 ? 1 : anyPasses === 0 ? 0 : -1;
    }
  }

  /** Walks the sets of a block down from a node and adds what the leaves say. */
  #walkTree(top: number, sets: number, rowCount: number): void {
    const { value } = this.#trees;
    const nodes = this.#nodes;
    const masks = this.#masks;
    const sums = this.#sums;
    const setSums = this.#setSums;
    const laterNodes = this.#laterNodes;
    const laterRows = this.#laterRows;
    for (let set = 0; set < sets; set++) {
      const origin = set * this.#tests;
      const every = everyRow(set, rowCount);
      let rows = every;
      let node = top;
      let later = 0;
      for (;;) {
        const packed = nodes[node];
        if (packed >= 0) {
          const passing = rows & masks[origin + (packed & TEST_MASK)];
          node = packed >>> TEST_BITS;
          if (passing === rows) node++;
          else if (passing !== 0) {
            laterNodes[later] = node + 1;
            laterRows[later++] = passing;
            rows ^= passing;
          }
          continue;
        }
        const said = value[node];
        if (rows === every) {
          setSums[set] += said;
          break;
        }
        for (let left = rows; left !== 0; left &= left - 1) {
          sums[set * SET + 31 - Math.clz32(left & -left)] += said;
        }
        if (later === 0) break;
        node = laterNodes[--later];
        rows = laterRows[later];
      }
    }
  }

  /** As `#walkTree`, with a second value in each leaf. */
  #walkTreeTwice(top: number, sets: number, rowCount: number): void {
    const { value } = this.#trees;
    const second = this.#second;
    const nodes = this.#nodes;
    const masks = this.#masks;
    const sums = this.#sums;
    const setSums = this.#setSums;
    const secondSums = this.#secondSums;
    const secondSetSums = this.#secondSetSums;
    const laterNodes = this.#laterNodes;
    const laterRows = this.#laterRows;
    for (let set = 0; set < sets; set++) {
      const origin = set * this.#tests;
      const every = everyRow(set, rowCount);
      let rows = every;
      let node = top;
      let later = 0;
      for (;;) {
        const packed = nodes[node];
        if (packed >= 0) {
          const passing = rows & masks[origin + (packed & TEST_MASK)];
          node = packed >>> TEST_BITS;
          if (passing === rows) node++;
          else if (passing !== 0) {
            laterNodes[later] = node + 1;
            laterRows[later++] = passing;
            rows ^= passing;
          }
          continue;
        }
        const said = value[node];
        const alsoSaid = second[node];
        if (rows === every) {
          setSums[set] += said;
          secondSetSums[set] += alsoSaid;
          break;
        }
        for (let left = rows; left !== 0; left &= left - 1) {
          const row = set * SET + 31 - Math.clz32(left & -left);
          sums[row] += said;
          secondSums[row] += alsoSaid;
        }
        if (later === 0) break;
        node = laterNodes[--later];
        rows = laterRows[later];
      }
    }
  }
}

function packNodes({ test, child }: Trees): Int32Array {
  const packed = new Int32Array(test.length);
  for (let node = 0; node < test.length; node++) {
    packed[node] = test[node] < 0 ? -1 : (child[node] << TEST_BITS) | test[node];
  }
  return packed;
}

/** One bit for each row of a set: all 32, fewer in the last set of a block that is not full. */
function everyRow(set: number, rowCount: number): number {
  const rows = rowCount - set * SET;
  return rows >= SET ? -1 : (1 << rows) - 1;
}
