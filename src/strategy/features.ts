import { encode, encodeAll } from "../encoding/index.js";
import { type Matrix, takeRows } from "../kernels/matrix.js";
import type { Catalogue } from "../space/catalogue.js";
import type { FeatureSource } from "./contract.js";

/**
 * Encoded architectures of a catalogue. The matrix of a whole space is computed when it is first asked for and kept;
 * give the same source to several strategies and they share it.
 *
 * @param encodeSpace how the whole space is encoded; another thread's matrix may come from here
 * @example
 * const features = createFeatureSource(createCatalogue(space));
 */
export function createFeatureSource(
  catalogue: Catalogue,
  encodeSpace: (encoding: string) => Matrix = (encoding) => encodeAll(catalogue.space, encoding),
): FeatureSource {
  const known = new Map<string, Matrix>();
  return {
    all(encoding) {
      let matrix = known.get(encoding);
      if (matrix === undefined) {
        matrix = encodeSpace(encoding);
        known.set(encoding, matrix);
      }
      return matrix;
    },
    of(encoding, architectures) {
      const matrix = known.get(encoding);
      if (matrix !== undefined) return takeRows(matrix, architectures);
      return encode(
        catalogue.space,
        encoding,
        Array.from(architectures, (id) => catalogue.at(id)),
      );
    },
  };
}
