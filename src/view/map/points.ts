import { bindEncoding, encodeAll } from "../../encoding/index.js";
import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { isRestricted, withoutLimits } from "../../space/index.js";
import type { Breath } from "./breath.js";

/** A space of so many architectures is shown as a whole; of larger ones a sample. */
const LARGEST_WHOLE = 20_000;
const SAMPLE = 10_000;
/** Of a space that is sampled: points that its limits rule out, besides those that keep them. */
const SAMPLE_OUTSIDE = 2_500;

/** The architectures that a map is laid out of: those of a space without its limits. */
export interface MapPoints {
  /** Whether all of them are there. */
  readonly isWhole: boolean;
  /** Where there are limits: whether all that keeps them is there. */
  readonly within: "whole" | "sample" | undefined;
  /** One row for each. */
  readonly rows: Matrix;
  /** Points that the limits rule out, in rising order; undefined where there are none. */
  readonly excluded: readonly number[] | undefined;
  /** Point of an architecture, -1 where it is none. */
  find(architecture: Architecture): number;
  at(point: number): Architecture;
}

/** All architectures of a space, those outside of its limits too, or a sample of them that is always the same. */
export async function choosePoints(space: SearchSpace, encoding: string, breathe: Breath): Promise<MapPoints> {
  const all = withoutLimits(space);
  const keeps = all !== space && isRestricted(space) ? (one: Architecture) => space.keeps(one) : undefined;
  if (isShort(all)) return await listPoints(all, encoding, keeps, breathe);

  const generator = createGenerator("map");
  const [inner, outer] = [generator.split("sample"), generator.split("outside")];
  const isListed = isShort(space);
  const architectures = isListed ? listAll(space) : await drawDistinct(SAMPLE, () => space.sample(inner), breathe);
  const inside = architectures.length;
  if (keeps !== undefined) {
    const draw = () => all.sample(outer);
    architectures.push(...(await drawDistinct(SAMPLE_OUTSIDE, draw, breathe, (one) => !keeps(one))));
  }
  const pointOf = new Map(architectures.map((architecture, point) => [architecture.join(","), point]));
  return {
    isWhole: false,
    within: keeps && (isListed ? "whole" : "sample"),
    rows: await encodeSome(space, encoding, architectures, breathe),
    excluded: keeps && Array.from({ length: architectures.length - inside }, (_, i) => inside + i),
    find: (architecture) => pointOf.get(architecture.join(",")) ?? -1,
    at: (point) => architectures[point],
  };
}

function isShort({ enumeration }: SearchSpace): boolean {
  return enumeration !== undefined && enumeration.size <= LARGEST_WHOLE;
}

async function listPoints(
  space: SearchSpace,
  encoding: string,
  keeps: ((architecture: Architecture) => boolean) | undefined,
  breathe: Breath,
): Promise<MapPoints> {
  const { size, write, indexOf } = space.enumeration!;
  const at = (point: number): Architecture => {
    const architecture = new Int32Array(space.genes);
    write(point, architecture);
    return architecture;
  };
  const excluded: number[] = [];
  if (keeps !== undefined) {
    for (let point = 0; point < size; point++) {
      if (!keeps(at(point))) excluded.push(point);
      await breathe();
    }
  }
  return {
    isWhole: true,
    within: keeps && "whole",
    rows: encodeAll(space, encoding),
    excluded: keeps && excluded,
    find: (architecture) => indexOf(architecture),
    at,
  };
}

function listAll({ enumeration, genes }: SearchSpace): Architecture[] {
  return Array.from({ length: enumeration!.size }, (_, index) => {
    const architecture = new Int32Array(genes);
    enumeration!.write(index, architecture);
    return architecture;
  });
}

/** Different architectures that are wanted, fewer where draws repeat themselves or are seldom wanted. */
async function drawDistinct(
  count: number,
  draw: () => Architecture,
  breathe: Breath,
  isWanted: (architecture: Architecture) => boolean = () => true,
): Promise<Architecture[]> {
  const seen = new Set<string>();
  const drawn: Architecture[] = [];
  for (let tries = 0; drawn.length < count && tries < 2 * count; tries++) {
    const architecture = draw();
    const key = architecture.join(",");
    if (!seen.has(key) && isWanted(architecture)) {
      seen.add(key);
      drawn.push(architecture);
    }
    await breathe();
  }
  return drawn;
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
