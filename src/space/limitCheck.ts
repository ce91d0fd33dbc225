import type { Architecture, CostMetric, CostView, SearchSpace } from "./contract.js";
import { formatAmount, type Limit, resolveLimit, type WrittenLimit } from "./limit.js";

/** A cost of one architecture. */
export interface KnownCost extends CostMetric {
  readonly value: number;
}

/** Says whether architectures keep limits. A cost that is not known (NaN) keeps none. */
export interface LimitCheck {
  readonly limits: readonly Limit[];
  keeps(architecture: Architecture): boolean;
  /** How far it is from keeping them: 0 where it does, the sum of what is too much as parts of the limits, Infinity where a cost is unknown. */
  excess(architecture: Architecture): number;
  /** The first limit that it breaks, in words; undefined where it keeps all. */
  describe(architecture: Architecture): string | undefined;
  /** The costs that are limited, each once. */
  costs(architecture: Architecture): KnownCost[];
  /** The value for each limit, in their order. Overwritten by the next call of anything here. */
  values(architecture: Architecture): Float64Array;
}

/**
 * Binds limits to the costs of a space and to further known costs, which go before a cost of the same name of the space.
 * Throws AssayError where a cost is unknown or a unit does not fit.
 */
export function createLimitCheck(
  space: SearchSpace,
  written: readonly WrittenLimit[],
  costs: CostView | undefined,
): LimitCheck {
  const own = space.views.cost;
  const known = [...(costs?.metrics ?? []), ...(own?.metrics ?? [])];
  const limits = written.map((limit) => resolveLimit(limit, known, space.name));
  const places = limits.map(({ cost }) => {
    const further = costs?.metrics.findIndex(({ name }) => name === cost) ?? -1;
    return further >= 0 ? { further } : { own: own!.metrics.findIndex(({ name }) => name === cost) };
  });
  // What is cheap to know is asked first: further costs may be a user's function.
  const views = [
    { view: own, buffer: new Float64Array(own?.metrics.length ?? 0), bounds: boundsIn("own") },
    { view: costs, buffer: new Float64Array(costs?.metrics.length ?? 0), bounds: boundsIn("further") },
  ].filter(({ bounds }) => bounds.length > 0);
  const found = new Float64Array(limits.length);

  function boundsIn(kind: "own" | "further") {
    return limits.flatMap((limit, index) => {
      const place = (places[index] as Record<string, number | undefined>)[kind];
      return place === undefined ? [] : [{ limit, index, place }];
    });
  }

  function values(architecture: Architecture): Float64Array {
    for (const { view, buffer, bounds } of views) {
      view!.write(architecture, buffer);
      for (const { index, place } of bounds) found[index] = buffer[place];
    }
    return found;
  }

  return {
    limits,
    values,
    keeps(architecture) {
      for (const { view, buffer, bounds } of views) {
        view!.write(architecture, buffer);
        for (const { limit, place } of bounds) if (!isKept(limit, buffer[place])) return false;
      }
      return true;
    },
    excess(architecture) {
      const all = values(architecture);
      return limits.reduce((sum, limit, i) => sum + excessOf(limit, all[i]), 0);
    },
    describe(architecture) {
      const all = values(architecture);
      const broken = limits.findIndex((limit, i) => !isKept(limit, all[i]));
      if (broken < 0) return undefined;
      const { cost, bound, value, unit } = limits[broken];
      if (Number.isNaN(all[broken])) return `its ${cost} is not known`;
      const [has, than] = [all[broken], value].map((amount) => amount.toLocaleString("en"));
      return `it has ${has} ${cost}${unit === "" ? "" : ` (${unit})`}, ${bound === "at most" ? "more" : "less"} than ${than}`;
    },
    costs(architecture) {
      const all = values(architecture);
      const listed = limits.map(({ cost, unit }, i) => ({ name: cost, unit, value: all[i] }));
      return listed.filter(({ name }, i) => listed.findIndex((other) => other.name === name) === i);
    },
  };
}

/** For each limit the value nearest to keeping it among all that were seen, for the message that nothing keeps them. */
export interface NearestSeen {
  see(architecture: Architecture): void;
  /** "the smallest flops is 41.2M". */
  describe(): string;
}

export function createNearestSeen(check: LimitCheck): NearestSeen {
  const nearest = check.limits.map(() => Number.NaN);
  return {
    see(architecture) {
      const values = check.values(architecture);
      for (const [i, { bound }] of check.limits.entries()) {
        const isNearer = bound === "at most" ? values[i] < nearest[i] : values[i] > nearest[i];
        if (isNearer || (Number.isNaN(nearest[i]) && !Number.isNaN(values[i]))) nearest[i] = values[i];
      }
    },
    describe() {
      const parts = check.limits.map(({ cost, bound, unit }, i) => {
        if (Number.isNaN(nearest[i])) return `${cost} is known of none`;
        const amount = formatAmount(Number(nearest[i].toPrecision(4)), unit);
        return `the ${bound === "at most" ? "smallest" : "largest"} ${cost} is ${amount}`;
      });
      return [...new Set(parts)].join(", ");
    },
  };
}

function isKept({ bound, value }: Limit, cost: number): boolean {
  return bound === "at most" ? cost <= value : cost >= value;
}

function excessOf(limit: Limit, cost: number): number {
  if (isKept(limit, cost)) return 0;
  if (!Number.isFinite(cost)) return Number.POSITIVE_INFINITY;
  const scale = limit.value === 0 ? 1 : Math.abs(limit.value);
  return Math.abs(cost - limit.value) / scale;
}
