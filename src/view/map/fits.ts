import { fittingEncodings } from "../../encoding/index.js";
import type { SearchSpace } from "../../space/contract.js";

/** Encodings that a map is made of, the best first: those that say what a user chose. */
const MAP_ENCODINGS = ["one-hot", "adjacency", "path-counts", "views"];

/** The encoding that a map of a space is made of; undefined where none fits. */
export function mapEncoding(space: SearchSpace): string | undefined {
  return fittingEncodings(space, MAP_ENCODINGS)[0];
}

/** Whether there is a map of a space. */
export function hasMapOf(space: SearchSpace): boolean {
  return space.size >= 4n && mapEncoding(space) !== undefined;
}
