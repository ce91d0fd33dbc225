import { canShareMemory } from "../../kernels/matrix.js";

/**
 * Binary regression trees in flat arrays. What a tree says of a row is the value of the leaf that the row reaches.
 *
 * Leaf values are whole numbers (in units that the owner knows), so that sums over trees are exact: they come out the
 * same to the last bit in whatever order and grouping they are added.
 */
export interface Trees {
  /** First node of each tree. Trees that are a single leaf are left out: their owner keeps their sum. */
  readonly roots: Int32Array;
  /** For each node, the test that it makes, -1 for a leaf. */
  readonly test: Int32Array;
  /** For each inner node, the child for rows that fail the test; the child for rows that pass it is the next one. */
  readonly child: Int32Array;
  /** For each leaf, its value. */
  readonly value: Float64Array;
  /** A test asks whether this column … */
  readonly testColumn: Int32Array;
  /** … is at least this number. */
  readonly testThreshold: Float64Array;
}

/** Trees that grow: arrays with room at the end, and each test noted once. */
export class TreeBuilder {
  readonly #roots: number[] = [];
  readonly #tests: { column: number; threshold: number }[] = [];
  readonly #testNumbers = new Map<number, Map<number, number>>();
  #nodes = 0;
  test = new Int32Array(1024);
  child = new Int32Array(1024);
  value = new Float64Array(1024);

  /** How many nodes there are. */
  get nodes(): number {
    return this.#nodes;
  }

  /** Reserves neighbouring nodes, at first leaves of value 0, and gives the number of the first. */
  add(count: number): number {
    const first = this.#nodes;
    this.#nodes += count;
    if (this.#nodes > this.test.length) {
      const room = 2 * this.#nodes;
      this.test = enlarge(this.test, new Int32Array(room));
      this.child = enlarge(this.child, new Int32Array(room));
      this.value = enlarge(this.value, new Float64Array(room));
    }
    for (let node = first; node < this.#nodes; node++) {
      this.test[node] = -1;
      this.child[node] = 0;
      this.value[node] = 0;
    }
    return first;
  }

  /** Forgets all nodes from this one on. */
  truncate(nodes: number): void {
    this.#nodes = nodes;
  }

  addRoot(node: number): void {
    this.#roots.push(node);
  }

  /** The number of the test "is this column at least the threshold?". */
  testNumber(column: number, threshold: number): number {
    let ofColumn = this.#testNumbers.get(column);
    if (ofColumn === undefined) {
      ofColumn = new Map();
      this.#testNumbers.set(column, ofColumn);
    }
    let number = ofColumn.get(threshold);
    if (number === undefined) {
      number = this.#tests.length;
      this.#tests.push({ column, threshold });
      ofColumn.set(threshold, number);
    }
    return number;
  }

  /** The leaf that a row reaches in the tree that starts at a node. */
  leafOf(root: number, data: Float32Array, rowStart: number): number {
    let node = root;
    while (this.test[node] >= 0) {
      const { column, threshold } = this.#tests[this.test[node]];
      node = this.child[node] + (data[rowStart + column] >= threshold ? 1 : 0);
    }
    return node;
  }

  build(): Trees {
    return {
      roots: Int32Array.from(this.#roots),
      test: sharedCopy(this.test.subarray(0, this.#nodes)),
      child: sharedCopy(this.child.subarray(0, this.#nodes)),
      value: sharedCopy(this.value.subarray(0, this.#nodes)),
      testColumn: Int32Array.from(this.#tests, ({ column }) => column),
      testThreshold: Float64Array.from(this.#tests, ({ threshold }) => threshold),
    };
  }
}

/** All trees of several lists, as if one builder had made them one after the other. */
export function joinTrees(parts: readonly Trees[]): Trees {
  if (parts.length === 1) return parts[0];
  const builder = new TreeBuilder();
  for (const { roots, test, child, value, testColumn, testThreshold } of parts) {
    const numbers = testColumn.map((column, number) => builder.testNumber(column, testThreshold[number]));
    const first = builder.add(test.length);
    for (let node = 0; node < test.length; node++) {
      builder.test[first + node] = test[node] < 0 ? -1 : numbers[test[node]];
      builder.child[first + node] = test[node] < 0 ? 0 : first + child[node];
      builder.value[first + node] = value[node];
    }
    for (const root of roots) builder.addRoot(first + root);
  }
  return builder.build();
}

/** A copy that other threads get without copying it again, where memory can be shared. */
export function sharedCopy<List extends Int32Array | Float64Array>(list: List): List {
  const Kind = list.constructor as new (buffer: ArrayBufferLike) => List;
  const copy = new Kind(canShareMemory ? new SharedArrayBuffer(list.byteLength) : new ArrayBuffer(list.byteLength));
  copy.set(list);
  return copy;
}

function enlarge<List extends Int32Array | Float64Array>(list: List, larger: List): List {
  larger.set(list);
  return larger;
}
