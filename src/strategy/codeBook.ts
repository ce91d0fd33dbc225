import { z } from "zod";
import { AssayError } from "../errors.js";
import { createMatrix, type Matrix } from "../kernels/matrix.js";
import type { Catalogue } from "../space/catalogue.js";
import type { EstimationSource } from "./contract.js";
import { restoreArchitecture, storeArchitecture, storedArchitectureSchema } from "./storedArchitecture.js";

/** Codes as JSON; null where there is none. */
export const codeBookStateSchema = z.strictObject({
  name: z.string(),
  architectures: z.array(storedArchitectureSchema),
  codes: z.array(z.array(z.number().nullable())),
});

export type CodeBookState = z.output<typeof codeBookStateSchema>;

/** The estimation codes that a strategy has asked for: none is asked for twice, not even by a search that goes on later. */
export interface CodeBook {
  /** One row for each architecture. */
  of(architectures: readonly number[]): Promise<Matrix>;
  /** The same without asking for any: a row of NaN where the code is not known yet. */
  known(architectures: readonly number[]): Matrix;
  state(): CodeBookState;
}

/** An empty book, or one restored from `state`. Throws AssayError where the state holds codes of another kind. */
export function createCodeBook(catalogue: Catalogue, source: EstimationSource, state?: CodeBookState): CodeBook {
  const codes = new Map<number, Float32Array>();
  if (state !== undefined) {
    const fits = state.name === source.name && state.codes.every((code) => code.length === source.length);
    if (!fits || state.codes.length !== state.architectures.length) {
      throw new AssayError(
        "bad-state",
        `The stored state holds estimation codes "${state.name}", this search asks for "${source.name}".`,
        "Restore a search with the same estimation code that it was started with.",
      );
    }
    for (const [place, stored] of state.architectures.entries()) {
      const code = Float32Array.from(state.codes[place], (value) => value ?? Number.NaN);
      codes.set(restoreArchitecture(catalogue, stored), code);
    }
  }
  function known(architectures: readonly number[]): Matrix {
    const matrix = createMatrix(architectures.length, source.length);
    for (const [row, id] of architectures.entries()) {
      const from = row * source.length;
      const code = codes.get(id);
      if (code === undefined) matrix.data.fill(Number.NaN, from, from + source.length);
      else matrix.data.set(code, from);
    }
    return matrix;
  }

  return {
    known,
    async of(architectures) {
      const unknown = architectures.filter((id) => !codes.has(id));
      if (unknown.length > 0) {
        const { data } = await source.of(unknown);
        for (const [place, id] of unknown.entries()) {
          codes.set(id, data.slice(place * source.length, (place + 1) * source.length));
        }
      }
      return known(architectures);
    },
    state: () => ({
      name: source.name,
      architectures: [...codes.keys()].map((id) => storeArchitecture(catalogue, id)),
      codes: [...codes.values()].map((code) => Array.from(code, (value) => (Number.isFinite(value) ? value : null))),
    }),
  };
}
