import type { Architecture } from "../../space/contract.js";
import type { LiveGraph } from "./liveGraph.js";

/** An architecture as the groups see it: read once, looked at by each of them. */
export interface SeenArchitecture {
  architecture: Architecture;
  /** Its live graph, where the space has the view `graph`. */
  readonly graph?: LiveGraph;
}

/** Neighbouring columns of a group that also tell something on their own. */
export interface GroupPart {
  readonly name: string;
  /** The first column, counted within the group. */
  readonly start: number;
  readonly width: number;
  /** The mean squared distance of two random architectures in these columns where `scale` is 1. */
  readonly spread: number;
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
  /** Parts of a dense group that are weighed on their own besides the whole; a part is never the whole. */
  readonly parts?: readonly GroupPart[];
  /** Writes every one of its numbers, with their values (not the column numbers) times `scale`. */
  write(seen: SeenArchitecture, scale: number, row: Float32Array, offset: number): void;
}

/** So many columns of a summary that follow each other and tell of one thing. */
export interface SummaryRun {
  readonly name: string;
  readonly width: number;
}

/** One number of a summary. */
export interface SummaryColumn {
  readonly name: string;
  /** What its standardised values are multiplied with where the summary is weighed; 0: it is left out there. */
  readonly weight: number;
  /** false: it is left out where nothing is weighed. */
  readonly isPlain?: boolean;
}

/** Numbers of an architecture that stand in different units, not yet comparable. */
export interface SummaryPart {
  readonly columns: readonly SummaryColumn[];
  /** How its columns fall into groups of their own, in order; absent: they are none. */
  readonly runs?: readonly SummaryRun[];
  /** Writes one number for each column. */
  write(seen: SeenArchitecture, values: Float64Array, offset: number): void;
}
