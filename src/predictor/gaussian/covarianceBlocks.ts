import type { Arena } from "../../kernels/arena.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { DistanceGroup } from "./groups.js";
import type { Parameters } from "./parameters.js";

/** Rows of the pool in a block of the kernels, and bytes of a line of one. */
export const LANES = 32;
const LINE = 128;

/** What is known, as far as predicting needs it. */
export interface Known {
  readonly groups: readonly DistanceGroup[];
  /** The observed rows, count x columns. */
  readonly rows: Float32Array;
  readonly columns: number;
  readonly parameters: Parameters;
  /** The inverse of the covariance times the labels. */
  readonly weights: Float64Array;
}

/** One group of the observations in the memory of the kernels. */
interface Table {
  readonly group: DistanceGroup;
  readonly block: number;
  readonly lines: number;
  /** Sparse groups: the line of each coordinate. */
  readonly lineOf: number;
  readonly coordinates: number;
  readonly observed: number;
  readonly starts: number;
  readonly lengths: number;
  readonly byProducts: boolean;
  /** The amplitude, and 1 / length of squared distances between the columns. */
  readonly amplitude: number;
  readonly rate: number;
  /** 1 / length in the interaction; 0 where there is none. */
  readonly interactionRate: number;
  readonly exactLengths: number;
}

/** Covariances of rows of a pool with the observations, 32 rows at a time, in the memory of the kernels. */
export class CovarianceBlocks {
  /** The address of a line of 32 numbers for each observation, in 32-bit floats or, where it is exact, in 64-bit ones. */
  readonly covariance: number;
  readonly #arena: Arena;
  readonly #known: Known;
  readonly #isExact: boolean;
  readonly #pool: Matrix;
  readonly #chosen: ArrayLike<number> | undefined;
  readonly #tables: readonly Table[];
  readonly #raw: number;
  #source = new Float32Array(0);
  readonly #squares: number;
  /** For the interaction: the product over groups so far, and the factor of a group. */
  readonly #product: number;
  readonly #factor: number;

  constructor(arena: Arena, known: Known, isExact: boolean, pool: Matrix, chosen: ArrayLike<number> | undefined) {
    [this.#arena, this.#known, this.#isExact, this.#pool, this.#chosen] = [arena, known, isExact, pool, chosen];
    this.#tables = known.groups.map((group, number) => createTable(arena, known, group, number, isExact));
    this.#raw = arena.allocate(4 * LANES * pool.columns);
    this.#squares = arena.allocate(3 * LINE);
    const size = 2 * LINE * evenOf(known.weights.length);
    this.covariance = arena.allocate(size);
    const isTogether = known.parameters.interaction !== undefined;
    [this.#product, this.#factor] = [1, 2].map(() => (isTogether ? arena.allocate(size) : 0));
  }

  /** Fills with zeros what no row will write. */
  clear(): void {
    this.#arena.floats(this.covariance, 2 * LANES * evenOf(this.#known.weights.length)).fill(0);
  }

  /** Computes those of up to 32 rows, of the chosen ones from number `first` on; gives how many. */
  relate(first: number): number {
    const count = this.#known.weights.length;
    const pool = this.#pool;
    const chosen = this.#chosen;
    const { columns } = pool;
    const rows = Math.min(LANES, (chosen?.length ?? pool.rows) - first);
    // The memory may have moved since the last time.
    if (this.#source.length === 0) this.#source = this.#arena.floats(this.#raw, LANES * columns);
    const source = this.#source;
    if (chosen === undefined) {
      source.set(pool.data.subarray(first * columns, (first + rows) * columns));
    } else {
      // Rows that follow each other in the pool are copied at once.
      for (let row = 0; row < rows; ) {
        let after = row + 1;
        while (after < rows && chosen[first + after] === chosen[first + after - 1] + 1) after++;
        const start = chosen[first + row] * columns;
        source.set(pool.data.subarray(start, start + (after - row) * columns), row * columns);
        row = after;
      }
    }
    const arena = this.#arena;
    const squares = this.#squares;
    const isExact = this.#isExact;
    const { interaction } = this.#known.parameters;
    const bytes = (isExact ? 2 : 1) * LINE * count;
    for (let number = 0; number < this.#tables.length; number++) {
      const table = this.#tables[number];
      spread(arena, table, this.#raw, columns, rows, squares);
      const accumulate = number === 0 ? 0 : 1;
      relate(arena, table, isExact, squares, count, table.rate, table.amplitude, accumulate, this.covariance);
      if (interaction === undefined) continue;
      const place = number === 0 ? this.#product : this.#factor;
      relate(arena, table, isExact, squares, count, table.interactionRate, 1, 0, place);
      if (number === 0) continue;
      if (isExact) arena.functions.multiplyBlock64(this.#product, this.#factor, bytes);
      else arena.functions.multiplyBlock(this.#product, this.#factor, bytes);
    }
    if (interaction !== undefined) {
      if (isExact) arena.functions.addBlock64(this.covariance, this.#product, interaction.amplitude, bytes);
      else arena.functions.addBlock(this.covariance, this.#product, interaction.amplitude, bytes);
    }
    return rows;
  }
}

/** The next even number. */
export function evenOf(count: number): number {
  return count + (count % 2);
}

/** Turns rows of the pool into the block of a group. */
function spread(
  { functions }: Arena,
  { group, block, lines, lineOf, coordinates }: Table,
  raw: number,
  columns: number,
  rows: number,
  squares: number,
): void {
  const source = raw + 4 * group.start;
  if (group.kind === "sparse") {
    functions.clear(block, (LINE / 16) * lines);
    functions.spreadSparse(source, 4 * columns, rows, group.width / 2, lineOf, coordinates, block, squares);
  } else {
    functions.spreadDense(source, 4 * columns, rows, group.width, block, squares);
  }
}

/** Writes or adds amplitude * exp(-rate * squared distance) between a block and the observations. */
function relate(
  { functions }: Arena,
  { group, block, observed, starts, lengths, exactLengths, byProducts }: Table,
  isExact: boolean,
  squares: number,
  count: number,
  rate: number,
  amplitude: number,
  accumulate: number,
  target: number,
): void {
  if (isExact) {
    if (byProducts) {
      const own = squares + LINE;
      functions.relateSparse64(block, starts, observed, exactLengths, count, own, -rate, amplitude, accumulate, target);
    } else {
      functions.relateDense64(block, group.width, observed, count, -rate, amplitude, accumulate, target);
    }
    return;
  }
  // As the kernels take them: -1 / (length ln 2), and the binary logarithm of the amplitude.
  const binaryRate = -rate / Math.LN2;
  const level = Math.log(amplitude) / Math.LN2;
  if (byProducts) {
    functions.relateSparse(block, starts, observed, lengths, count, squares, binaryRate, level, accumulate, target);
  } else {
    functions.relateDense(block, group.width, observed, count, binaryRate, level, accumulate, target);
  }
}

function createTable(arena: Arena, known: Known, group: DistanceGroup, number: number, isExact: boolean): Table {
  const { rows, columns, parameters } = known;
  const count = known.weights.length;
  const { amplitudes, rates, interaction } = parameters;
  const rate = rates[number] * group.scale;
  const interactionRate = (interaction?.rates[number] ?? 0) * group.scale;
  const own = { amplitude: amplitudes[number], rate, interactionRate };
  if (group.kind === "dense" && (isExact || !suitsProducts(known, group, Math.max(rate, interactionRate)))) {
    const block = arena.allocate(LINE * group.width);
    const observed = arena.allocate(4 * count * group.width);
    const view = arena.floats(observed, count * group.width);
    for (let row = 0; row < count; row++) {
      const start = row * columns + group.start;
      view.set(rows.subarray(start, start + group.width), row * group.width);
    }
    const none = { lineOf: 0, coordinates: 0, starts: 0, lengths: 0, exactLengths: 0 };
    return { group, block, lines: group.width, observed, byProducts: false, ...own, ...none };
  }
  const lists = listEntries(group, rows, columns, count);
  const block = arena.allocate(LINE * Math.max(1, lists.lines));
  const lineOf = arena.allocate(4 * lists.lineOf.length);
  const observed = arena.allocate(8 * lists.values.length);
  const starts = arena.allocate(4 * (count + 1));
  const lengths = arena.allocate(4 * count);
  const exactLengths = arena.allocate(8 * count);
  arena.integers(lineOf, lists.lineOf.length).set(lists.lineOf);
  arena.integers(starts, count + 1).set(lists.starts);
  arena.floats(lengths, count).set(lists.lengths);
  arena.doubles(exactLengths, count).set(lists.lengths);
  const [offsets, values] = [
    arena.integers(observed, 2 * lists.values.length),
    arena.floats(observed, 2 * lists.values.length),
  ];
  for (let entry = 0; entry < lists.values.length; entry++) {
    offsets[2 * entry] = LINE * lists.entryLines[entry];
    values[2 * entry + 1] = lists.values[entry];
  }
  const coordinates = lists.lineOf.length;
  const common = { group, block, lines: lists.lines, lineOf, coordinates, observed, starts, lengths, exactLengths };
  return { ...common, byProducts: true, ...own };
}

/** Squared length of the rows, in lengths of the covariance, up to which products lose nothing that matters. */
const LONGEST = 8;

/** Whether |a|² + |b|² - 2 ab is exact enough, which takes half the time of the sum of squared differences. */
function suitsProducts({ rows, columns }: Known, { start, width }: DistanceGroup, rate: number): boolean {
  const limit = LONGEST / rate;
  for (let own = start; own < rows.length; own += columns) {
    let square = 0;
    for (let place = own; place < own + width; place++) square += rows[place] * rows[place];
    if (!(square <= limit)) return false;
  }
  return true;
}

interface Lists {
  /** Lines of a block. */
  readonly lines: number;
  readonly lineOf: Int32Array;
  readonly starts: Int32Array;
  readonly entryLines: readonly number[];
  readonly values: readonly number[];
  readonly lengths: Float64Array;
}

/** What is not zero in the observations. A sparse group has a line in the block for each coordinate that is observed at all. */
function listEntries({ kind, start, width }: DistanceGroup, rows: Float32Array, columns: number, count: number): Lists {
  const step = kind === "sparse" ? 2 : 1;
  const lineOf: number[] = [];
  const starts = new Int32Array(count + 1);
  const lengths = new Float64Array(count);
  const entryLines: number[] = [];
  const values: number[] = [];
  let lines = kind === "sparse" ? 0 : width;
  for (let row = 0; row < count; row++) {
    const own = row * columns + start;
    let square = 0;
    for (let place = 0; place < width; place += step) {
      const coordinate = kind === "sparse" ? rows[own + place] : place;
      const value = rows[own + place + step - 1];
      if (coordinate < 0 || value === 0) continue;
      while (kind === "sparse" && lineOf.length <= coordinate) lineOf.push(-1);
      if (kind === "sparse" && lineOf[coordinate] < 0) lineOf[coordinate] = lines++;
      entryLines.push(kind === "sparse" ? lineOf[coordinate] : coordinate);
      values.push(value);
      square += value * value;
    }
    lengths[row] = square;
    starts[row + 1] = values.length;
  }
  return { lines, lineOf: Int32Array.from(lineOf), starts, entryLines, values, lengths };
}
