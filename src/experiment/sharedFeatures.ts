import { encodeAll, encodings, fittingEncodings } from "../encoding/index.js";
import { canShareMemory, createMatrix, type Matrix } from "../kernels/matrix.js";
import type { SearchSpace } from "../space/contract.js";

/**
 * Places for the encoded space, one for each encoding that fits, shared by all threads. A place is filled by the first
 * thread that asks for it. Memory that is never asked for is reserved, not used.
 */
export type SharedFeatures = Readonly<Record<string, SharedPlace>>;

interface SharedPlace {
  readonly matrix: Matrix;
  /** One number: EMPTY, BUSY or FULL. */
  readonly state: Int32Array;
}

const EMPTY = 0;
const BUSY = 1;
const FULL = 2;

/** Reserves the places; none where memory cannot be shared: there each thread encodes for itself. */
export function reserveFeatures(space: SearchSpace): SharedFeatures {
  const places: Record<string, SharedPlace> = {};
  if (!canShareMemory || space.enumeration === undefined) return places;
  for (const name of fittingEncodings(space, Object.keys(encodings))) {
    const { columns } = encodings[name].bind(space);
    const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    places[name] = { matrix: createMatrix(space.enumeration.size, columns), state };
  }
  return places;
}

/** The whole space in this encoding: waits while another thread computes it, computes it where nobody has. */
export function encodeShared(space: SearchSpace, features: SharedFeatures, encoding: string): Matrix {
  const place = Object.hasOwn(features, encoding) ? features[encoding] : undefined;
  if (place === undefined) return encodeAll(space, encoding);
  const { matrix, state } = place;
  for (;;) {
    const found = Atomics.compareExchange(state, 0, EMPTY, BUSY);
    if (found === FULL) return matrix;
    if (found === BUSY) {
      Atomics.wait(state, 0, BUSY);
      continue;
    }
    let outcome = EMPTY;
    try {
      fill(space, encoding, matrix);
      outcome = FULL;
      return matrix;
    } finally {
      Atomics.store(state, 0, outcome);
      Atomics.notify(state, 0);
    }
  }
}

function fill(space: SearchSpace, encoding: string, { rows, columns, data }: Matrix): void {
  const bound = encodings[encoding].bind(space);
  const architecture = new Int32Array(space.genes);
  for (let index = 0; index < rows; index++) {
    space.enumeration!.write(index, architecture);
    bound.write(architecture, data, index * columns);
  }
}
