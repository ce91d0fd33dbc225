import { z } from "zod";
import { AssayError } from "../errors.js";
import type { Catalogue } from "../space/catalogue.js";

/** An architecture as JSON: its genes where the space cannot be enumerated, because catalogue numbers do not outlive a process. */
export const storedArchitectureSchema = z.union([z.int().min(0), z.array(z.int())]);

export type StoredArchitecture = z.output<typeof storedArchitectureSchema>;

export function storeArchitecture(catalogue: Catalogue, id: number): StoredArchitecture {
  return catalogue.space.enumeration === undefined ? [...catalogue.at(id)] : id;
}

/** The catalogue number of a stored architecture. Throws AssayError where it is not of this space. */
export function restoreArchitecture(catalogue: Catalogue, stored: StoredArchitecture): number {
  const { space } = catalogue;
  if (typeof stored === "number") {
    if (space.enumeration !== undefined && stored < space.enumeration.size) return stored;
  } else if (space.enumeration === undefined && stored.length === space.genes) {
    return catalogue.idOf(Int32Array.from(stored));
  }
  throw new AssayError(
    "bad-state",
    `The stored state holds an architecture that is not of the space ${space.name}.`,
    "Restore a search with the same space that it was started with.",
  );
}
