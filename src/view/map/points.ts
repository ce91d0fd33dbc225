import { bindEncoding, encodeAll } from "../../encoding/index.js";
import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import type { Breath } from "./breath.js";

/** A space of so many architectures is shown as a whole; of larger ones a sample. */
const LARGEST_WHOLE = 20_000;
const SAMPLE = 10_000;

/** The architectures that a map is laid out of. */
export interface MapPoints {
  readonly isWhole: boolean;
  /** One row for each. */
  readonly rows: Matrix;
  /** Point of an architecture, -1 where it is none. */
  find(architecture: Architecture): number;
}

/** All architectures of a space, or a sample of it that is always the same. */
export async function choosePoints(space: SearchSpace, encoding: string, breathe: Breath): Promise<MapPoints> {
  const { enumeration } = space;
  if (enumeration !== undefined && enumeration.size <= LARGEST_WHOLE) {
    return {
      isWhole: true,
      rows: encodeAll(space, encoding),
      find: (architecture) => enumeration.indexOf(architecture),
    };
  }
  const generator = createGenerator("map").split("sample");
  const pointOf = new Map<string, number>();
  const architectures: Architecture[] = [];
  // A space whose samples repeat themselves has fewer points.
  for (let tries = 0; architectures.length < SAMPLE && tries < 2 * SAMPLE; tries++) {
    const architecture = space.sample(generator);
    const key = architecture.join(",");
    if (!pointOf.has(key)) {
      pointOf.set(key, architectures.length);
      architectures.push(architecture);
    }
    await breathe();
  }
  return {
    isWhole: false,
    rows: await encodeSome(space, encoding, architectures, breathe),
    find: (architecture) => pointOf.get(architecture.join(",")) ?? -1,
  };
}

/** Encodes architectures, one row for each. */
export async function encodeSome(
  space: SearchSpace,
  encoding: string,
  architectures: readonly Architecture[],
  breathe: Breath,
): Promise<Matrix> {
  const bound = bindEncoding(space, encoding);
  const rows = createMatrix(architectures.length, bound.columns);
  for (const [row, architecture] of architectures.entries()) {
    bound.write(architecture, rows.data, row * bound.columns);
    await breathe();
  }
  return rows;
}
