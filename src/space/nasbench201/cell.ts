/** Operations in the order of the official implementation; a gene is a position in this list. */
export const OPERATIONS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"] as const;

export const NONE = 0;
export const SKIP = 1;
export const CONVOLUTION_1X1 = 2;
export const CONVOLUTION_3X3 = 3;
export const POOL = 4;

/** The edges of the cell in the order of the architecture string, as [from, to]; node 0 is the input, node 3 the output. */
export const EDGES: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 2],
  [1, 2],
  [0, 3],
  [1, 3],
  [2, 3],
];

export const NODES = 4;

/** 5^6 */
export const CELLS = 15_625;
