/** Names of the vertex operations; an operation digit is a position in this list, which is the official one. */
export const OPERATIONS = ["conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3"] as const;

export const CONVOLUTION_3X3 = 0;
export const CONVOLUTION_1X1 = 1;

export const MAXIMUM_VERTICES = 7;
export const MAXIMUM_EDGES = 9;
export const GENES = 3;

/** How many different cells there are (Ying et al. 2019). */
export const CELLS = 423_624;

/** Powers of three, the weights of the operation digits. */
export const DIGIT_WEIGHTS = [1, 3, 9, 27, 81, 243];

/** How many labellings a cell with so many vertices has. */
export function labellings(vertices: number): number {
  return DIGIT_WEIGHTS[vertices - 2];
}

/** For each number of vertices: the gene bit of edge (i, j) at [i * 7 + j], row-major as in the table. */
export const GENE_BIT: readonly Uint8Array[] = Array.from({ length: MAXIMUM_VERTICES + 1 }, (_, vertices) => {
  const bits = new Uint8Array(MAXIMUM_VERTICES * MAXIMUM_VERTICES);
  let bit = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) bits[i * MAXIMUM_VERTICES + j] = bit++;
  }
  return bits;
});

/**
 * A cell taken apart: `successors[i]` has bit j set for an edge from i to j (i < j), `operations[i]` is the digit of
 * vertex i (interior vertices only). Made once and filled again and again.
 */
export interface Cell {
  vertices: number;
  readonly successors: Int32Array;
  readonly operations: Int32Array;
}

export function createCell(): Cell {
  return {
    vertices: 0,
    successors: new Int32Array(MAXIMUM_VERTICES),
    operations: new Int32Array(MAXIMUM_VERTICES),
  };
}

/** Takes genes apart. The genes must be in range. */
export function unpack(vertices: number, adjacency: number, operations: number, cell: Cell): void {
  cell.vertices = vertices;
  let rest = adjacency;
  for (let i = 0; i < vertices; i++) {
    const columns = vertices - 1 - i;
    cell.successors[i] = (rest & ((1 << columns) - 1)) << (i + 1);
    rest >>>= columns;
  }
  let digits = operations;
  for (let i = 1; i < vertices - 1; i++) {
    const next = Math.floor(digits / 3);
    cell.operations[i] = digits - 3 * next;
    digits = next;
  }
}

/** The adjacency gene of a cell. */
export function packAdjacency({ vertices, successors }: Cell): number {
  let adjacency = 0;
  let shift = 0;
  for (let i = 0; i < vertices; i++) {
    adjacency |= (successors[i] >>> (i + 1)) << shift;
    shift += vertices - 1 - i;
  }
  return adjacency;
}

/** The operations gene of a cell. */
export function packOperations({ vertices, operations }: Cell): number {
  let digits = 0;
  for (let i = 1; i < vertices - 1; i++) digits += DIGIT_WEIGHTS[i - 1] * operations[i];
  return digits;
}

/** How many bits are set. */
export function countBits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}
