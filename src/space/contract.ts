import type { Generator } from "../random/index.js";

/**
 * One point of a search space: a fixed-length vector of small integers, its genes. What a gene means is the space's own
 * affair; everybody else looks through the space's views. Never change an architecture that you did not create.
 */
export type Architecture = Int32Array;

/** A number known without training. `unit` is "MAC" for FLOPs (multiply-accumulates) and "parameters" for params. */
export interface CostMetric {
  readonly name: string;
  readonly unit: string;
}

/** One thing that a user chooses. The levels of an ordinal parameter are in their natural order. */
export interface Parameter {
  readonly name: string;
  readonly kind: "categorical" | "ordinal";
  readonly levels: readonly (string | number | boolean)[];
}

/** The architecture as a list of choices. Needed by one-hot encodings. */
export interface ParameterView {
  readonly parameters: readonly Parameter[];
  /** Writes the level number of each parameter, -1 where a condition switches the parameter off. */
  write(architecture: Architecture, levels: Int32Array): void;
}

/** A directed acyclic graph with operations on its vertices, in a buffer that is made once and written many times. */
export interface Graph {
  /** How many vertices this architecture has; the last is the output, and in `SpaceViews.graph` the first the input. */
  vertices: number;
  /** `maximumVertices` x `maximumVertices`, row-major: 1 at [i * maximumVertices + j] for an edge from i to j, i < j. */
  readonly adjacency: Uint8Array;
  /** Position in `GraphView.operations`, for each vertex. */
  readonly operations: Uint8Array;
}

/** The architecture as a graph. Needed by adjacency and path encodings and by graph predictors. */
export interface GraphView {
  readonly maximumVertices: number;
  /** Names of all vertex operations, "input" and "output" included. */
  readonly operations: readonly string[];
  /** Operations that end a path (zero) or that leave a path as it is (identity), for encodings that count paths. */
  readonly zeroOperations: readonly string[];
  readonly identityOperations: readonly string[];
  /** The most vertices between input and output on any path; absent: `maximumVertices` - 2. */
  readonly longestPath?: number;
  write(architecture: Architecture, graph: Graph): void;
}

/** What an architecture costs without training it. */
export interface CostView {
  readonly metrics: readonly CostMetric[];
  /** Writes one value for each metric, in the order of `metrics`. */
  write(architecture: Architecture, values: Float64Array): void;
}

/** The views a space offers. An encoding names the views that it needs; a misfit is one clear sentence. */
export interface SpaceViews {
  readonly parameters?: ParameterView;
  readonly graph?: GraphView;
  /**
   * The graph as graph networks draw it, where that differs from `graph`: nodes that only copy or add are drawn too, and
   * the first vertex need not be an "input". The encoding `graph` prefers it.
   */
  readonly network?: GraphView;
  readonly cost?: CostView;
}

/** The list of all architectures of a space that can be enumerated (up to about a million). */
export interface Enumeration {
  readonly size: number;
  /** Writes the genes of the architecture with this index. */
  write(index: number, architecture: Architecture): void;
  /** The index of an architecture, -1 if it is not of this space. */
  indexOf(architecture: Architecture): number;
  /** Whether each architecture of the list is its own canonical form, so that no two compute the same. Default: nobody knows. */
  readonly isCanonical?: boolean;
}

/**
 * A set of architectures that can be sampled, mutated, canonicalised, printed, parsed and costed.
 * `space/conformance.ts` holds the suite that every implementation passes.
 */
export interface SearchSpace {
  readonly name: string;
  readonly description: string;
  /** How many architectures there are. */
  readonly size: bigint;
  /** Length of every architecture of this space. */
  readonly genes: number;
  readonly views: SpaceViews;
  /** Present where the space is small enough to be listed. */
  readonly enumeration?: Enumeration;
  /** An architecture drawn uniformly. */
  sample(generator: Generator): Architecture;
  /** A different architecture, one random edit away. */
  mutate(architecture: Architecture, generator: Generator): Architecture;
  /** All different architectures one edit away, none twice, in a fixed order. */
  neighbours(architecture: Architecture): Architecture[];
  /** The representative of all architectures that compute the same function. Idempotent. */
  canonical(architecture: Architecture): Architecture;
  /**
   * The same with nothing left apart, where `canonical` follows a published count that tells some equal functions apart:
   * all that share a canonical form share this one. Idempotent. Whoever trains a whole space trains each of these once;
   * absent: `canonical` is as exact.
   */
  distinct?(architecture: Architecture): Architecture;
  /** The text form; `parse(format(a))` equals `a`. */
  format(architecture: Architecture): string;
  /** Reads the text form. Throws AssayError that says what was expected and where. */
  parse(text: string): Architecture;
}
