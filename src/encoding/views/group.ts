import type { Architecture } from "../../space/contract.js";
import type { LiveGraph } from "./liveGraph.js";

/** An architecture as the groups see it: read once, looked at by each of them. */
export interface SeenArchitecture {
  architecture: Architecture;
  /** Its live graph, where the space has the view `graph`. */
  readonly graph?: LiveGraph;
}

/** One view of a space as numbers. */
export interface ViewGroup {
  readonly name: string;
  /** Plain numbers, or pairs of a column number and its value that stand for a long row of mostly zeros. */
  readonly kind: "dense" | "sparse";
  /** How many numbers `write` writes. */
  readonly width: number;
  /** A name for each of them, unique in the group. */
  readonly columnNames: readonly string[];
  /** The mean squared distance of two random architectures where `scale` is 1; 0 where all look the same. */
  readonly spread: number;
  /** Writes every one of its numbers, with their values (not the column numbers) times `scale`. */
  write(seen: SeenArchitecture, scale: number, row: Float32Array, offset: number): void;
}

/** Numbers of an architecture that stand in different units, not yet comparable. */
export interface SummaryPart {
  readonly columnNames: readonly string[];
  /** Writes one number for each name. */
  write(seen: SeenArchitecture, values: Float64Array, offset: number): void;
}
