import type { GraphView } from "../space/contract.js";

/** How the operations of a graph are read along its paths. */
export interface PathLetters {
  /** The operations that are read: all but input, output, zeros and identities, in the order of the view. */
  readonly letters: readonly string[];
  /** For each operation of the view its place in `letters`, `SILENT` or `CLOSED`. */
  readonly letterOfOperation: Int32Array;
}

/** An operation that is passed without a letter: an identity, the input, the output. */
export const SILENT = -1;
/** An operation that no path leads through. */
export const CLOSED = -2;

/** Which operations are letters. */
export function pathLettersOf({ operations, zeroOperations, identityOperations }: GraphView): PathLetters {
  const silent = new Set(["input", "output", ...zeroOperations, ...identityOperations]);
  const letters = operations.filter((name) => !silent.has(name));
  const letterOfOperation = Int32Array.from(operations, (name) =>
    zeroOperations.includes(name) ? CLOSED : letters.indexOf(name),
  );
  return { letters, letterOfOperation };
}

/** The most operations on a path. */
export function longestPathOf(view: GraphView): number {
  return view.longestPath ?? view.maximumVertices - 2;
}

/**
 * How many sequences of at most `longest` of so many letters there are. The empty one is number 0, then come those of one
 * letter, of two, and so on, the first letter slowest: they are a tree, and sequence s followed by letter k has number
 * s * letters + 1 + k.
 */
export function countSequences(letters: number, longest: number): number {
  let sequences = 1;
  let ofThisLength = 1;
  for (let length = 1; length <= longest; length++) {
    ofThisLength *= letters;
    sequences += ofThisLength;
  }
  return sequences;
}
