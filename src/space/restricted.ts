import { AssayError } from "../errors.js";
import type { CostView, SearchSpace } from "./contract.js";
import { formatLimits, type WrittenLimit } from "./limit.js";
import { createLimitCheck, createNearestSeen } from "./limitCheck.js";
import type { ListedPart, RestrictedSpace } from "./limitedContract.js";
import { createListedPart } from "./listedPart.js";
import { createSampledPart } from "./sampledPart.js";

/** What `restrictSpace` needs. */
export interface RestrictionOptions {
  /** Limits from `parseLimit`, or the most that each cost may be, by its name: `{ flops: 35e6 }`. */
  readonly limits: readonly WrittenLimit[] | Readonly<Record<string, number>>;
  /** Further known costs, such as columns of a benchmark or a function of a user. They go before costs of the space. */
  readonly costs?: CostView | undefined;
  /** A name that says what the limits say; then `limits` of the space are none. Default: that of the base. */
  readonly name?: string;
  readonly description?: string;
}

/**
 * The architectures of a space that keep limits on costs known without training, as a space of their own: they keep their genes,
 * texts and views, so that encodings do not change. A space that is listed gives one that is listed; of others samples and mutants
 * keep the limits (see `docs/limits.md` for what that means for `size` and `sample`). No strategy has to know of limits.
 *
 * Throws AssayError where a cost is unknown, a unit does not fit, or nothing keeps the limits.
 *
 * @example
 * const small = restrictSpace(createNasBench201(), { limits: [parseLimit("flops<=35M")] });
 * small.size; // 4096n
 */
export function restrictSpace(base: SearchSpace, options: RestrictionOptions): RestrictedSpace {
  if (base.enumeration !== undefined) return restrictListedSpace(base, options);
  const { check, ...naming } = readRestriction(base, options);
  return createSampledPart(base, { ...naming, check });
}

/**
 * The same for a space that is listed.
 *
 * @example
 * const small = restrictListedSpace(createNasBench201(), { limits: { flops: 50e6 } });
 * small.baseIndices[0]; // index of its first cell in NAS-Bench-201
 */
export function restrictListedSpace(base: SearchSpace, options: RestrictionOptions): ListedPart {
  const { enumeration } = base;
  if (enumeration === undefined) {
    throw new AssayError(
      "not-enumerable",
      `${options.name ?? "A listed part"} cannot be a part of ${base.name}, which is too large to be listed.`,
    );
  }
  const { check, ...naming } = readRestriction(base, options);
  const architecture = new Int32Array(base.genes);
  const kept: number[] = [];
  for (let index = 0; index < enumeration.size; index++) {
    enumeration.write(index, architecture);
    if (check.keeps(architecture)) kept.push(index);
  }
  if (kept.length > 0) return createListedPart(base, { ...naming, check, baseIndices: Int32Array.from(kept) });
  const nearest = createNearestSeen(check);
  for (let index = 0; index < enumeration.size; index++) {
    enumeration.write(index, architecture);
    nearest.see(architecture);
  }
  throw new AssayError(
    "empty-space",
    `None of the ${enumeration.size.toLocaleString("en")} architectures of ${base.name} keeps ${formatLimits(check.limits)}: ${nearest.describe()}.`,
    "Loosen a limit.",
  );
}

function readRestriction(base: SearchSpace, { limits, costs, name, description }: RestrictionOptions) {
  const written: readonly WrittenLimit[] = Array.isArray(limits)
    ? (limits as readonly WrittenLimit[])
    : Object.entries(limits).map(([cost, value]) => ({ cost, bound: "at most", value, unit: "" }));
  const check = createLimitCheck(base, written, costs);
  return {
    check,
    name: name ?? base.name,
    description: description ?? `${base.description}; with ${formatLimits(check.limits)}`,
    isNamed: name !== undefined,
  };
}
