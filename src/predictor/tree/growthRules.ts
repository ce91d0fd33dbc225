/** How trees are grown. */
export interface GrowthRules {
  /** Most tests on the way from root to leaf. */
  readonly depth: number;
  /** Added to the weight of a node: shrinks leaf values and gains (L2 penalty). */
  readonly penalty: number;
  /** Weight that each child needs. */
  readonly minimumWeight: number;
  /** A split must gain more than this; -Infinity splits whatever is not pure. */
  readonly minimumGain: number;
  /** Splits that gained less than this are taken back from the leaves up. */
  readonly pruneGain: number;
  /** Leaf value = rate · sum / (weight + penalty), rounded to a whole number. */
  readonly rate: number;
  /** Where a row goes whose value is the threshold itself. */
  readonly thresholdGoes: "left" | "right";
  /** How many columns that are not constant in a node its split looks at, drawn at random; all of them by default. */
  readonly columnsPerSplit?: number;
}

/** What a tree is grown to: weighted target and weight of each training row. Whole numbers. */
export interface GrowthTargets {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}
