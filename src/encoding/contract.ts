import type { Architecture, SearchSpace, SpaceViews } from "../space/contract.js";

/** An encoding made for one space: it writes one architecture as one row of numbers. */
export interface BoundEncoding {
  /** Width of a row. */
  readonly columns: number;
  /** A name for each column, for people. */
  readonly columnNames: readonly string[];
  /** Writes all `columns` numbers from `row[offset]` on (zeros included: the row may hold old values). */
  write(architecture: Architecture, row: Float32Array, offset: number): void;
}

/** A numeric view of architectures. */
export interface Encoding {
  readonly name: string;
  readonly description: string;
  /** The views of the space that it reads. */
  readonly needs: readonly (keyof SpaceViews)[];
  /** Further reasons why a space does not fit, as one sentence; undefined where it fits. */
  misfit?(space: SearchSpace): string | undefined;
  bind(space: SearchSpace): BoundEncoding;
}
