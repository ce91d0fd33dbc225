import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import type { Architecture, CostView, SearchSpace } from "../space/contract.js";
import { costOf } from "./cost.js";
import type { Candidate } from "./function.js";
import { parametersOf } from "./task.js";

/** Tells costs of one architecture without training it, such as a latency from a formula or a look-up table of its layers. */
export type CostFunction = (
  candidate: Pick<Candidate, "architecture" | "parameters" | "cost">,
) => Readonly<Record<string, number>>;

/** Options of `createCostView`. */
export interface CostFunctionOptions {
  /** For messages. Default "function". */
  readonly name?: string;
  /** Units by the name of the cost, such as { latency: "ms" }; without one, limits are plain numbers. */
  readonly units?: Readonly<Record<string, string>>;
}

/**
 * The costs of a function of the user as a view of a space, for `restrictSpace`. The function is asked of every architecture that
 * a limit is checked for, so it has to be quick; it gives the same names every time, and NaN where it does not know. Throws AssayError
 * that names the architecture where it gives anything else or throws.
 *
 * @example
 * const costs = costsOfFunction(space, ({ cost }) => ({ latency: 0.1 * cost.flops / 1e6 }), { units: { latency: "ms" } });
 * const quick = restrictSpace(space, { limits: [parseLimit("latency<=5ms")], costs });
 */
export function costsOfFunction(
  space: SearchSpace,
  tell: CostFunction,
  { name = "function", units = {} }: CostFunctionOptions = {},
): CostView {
  const first = ask(space, tell, name, space.sample(createGenerator("first look at costs")));
  const names = Object.keys(first);
  if (names.length === 0)
    throw badCosts(name, "gives no costs", 'Return an object of numbers, such as { "latency": 4.2 }.');
  const unknown = Object.keys(units).find((unit) => !names.includes(unit));
  if (unknown !== undefined)
    throw badCosts(name, `has a unit for "${unknown}", which it does not give`, `It gives ${names.join(", ")}.`);
  return {
    metrics: names.map((cost) => ({ name: cost, unit: units[cost] ?? "" })),
    write(architecture, values) {
      const costs = ask(space, tell, name, architecture);
      for (let i = 0; i < names.length; i++) {
        if (!Object.hasOwn(costs, names[i]))
          throw badCosts(
            name,
            `gives no ${names[i]} for ${space.format(architecture)}`,
            "Give NaN where it is unknown.",
          );
        values[i] = costs[names[i]];
      }
    },
  };
}

function ask(
  space: SearchSpace,
  tell: CostFunction,
  name: string,
  architecture: Architecture,
): Readonly<Record<string, number>> {
  const request = { space, architecture, id: 0, trial: 0 };
  const text = space.format(architecture);
  let costs: unknown;
  try {
    costs = tell({ architecture: text, parameters: parametersOf(request), cost: costOf(request) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError("bad-costs", `The costs of ${name} fail for ${text}: ${reason}`, undefined, { cause: error });
  }
  if (costs instanceof Promise)
    throw badCosts(
      name,
      "are a promise",
      "Costs must be known at once: load what they need before, not in the function.",
    );
  if (typeof costs !== "object" || costs === null || Array.isArray(costs))
    throw badCosts(
      name,
      `gives ${costs === undefined || costs === null ? "nothing" : `a ${typeof costs}`} for ${text}`,
      "Return an object of numbers.",
    );
  for (const [cost, value] of Object.entries(costs)) {
    if (typeof value !== "number")
      throw badCosts(
        name,
        `gives a ${typeof value} as ${cost} for ${text}`,
        "A cost is a number; NaN where it is unknown.",
      );
  }
  return costs as Record<string, number>;
}

function badCosts(name: string, what: string, hint: string): AssayError {
  const verb = what.startsWith("are") ? "The costs of " : "";
  return new AssayError("bad-costs", `${verb}${name} ${what}.`, hint);
}
