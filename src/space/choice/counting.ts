import type { Generator } from "../../random/index.js";
import type { Architecture } from "../contract.js";
import type { Diagram } from "./diagram.js";
import type { Constraint } from "./model.js";

/** For each position of the order, the constraints that can be checked once the parameter there has its level. */
function checksByPosition(order: Int32Array, constraints: readonly Constraint[]): Constraint[][] {
  const checks: Constraint[][] = Array.from(order, () => []);
  const positionOf = new Map(Array.from(order, (parameter, position) => [parameter, position]));
  for (const constraint of constraints) {
    const last = constraint.parameters?.reduce((latest, parameter) => Math.max(latest, positionOf.get(parameter)!), 0);
    checks[last ?? order.length - 1].push(constraint);
  }
  return checks;
}

/** For each position, the parameters before it that constraints decided there or later still look at. */
function openByPosition(order: Int32Array, checks: readonly Constraint[][]): number[][] {
  const lastLook = new Int32Array(order.length).fill(-1);
  for (const [position, list] of checks.entries())
    for (const { parameters } of list) for (const parameter of parameters ?? order) lastLook[parameter] = position;
  return Array.from(order, (_, position) =>
    Array.from(order.subarray(0, position)).filter((parameter) => lastLook[parameter] >= position),
  );
}

/** The valid architectures of a diagram, counted. */
export interface Counted {
  readonly count: bigint;
  /** Visits all of them, sorted by their levels in the order of the diagram. The argument is only lent. */
  forEach(visit: (architecture: Architecture) => void): void;
  /** Fills in one of them, drawn uniformly, however rare they are; absent where that would mean counting again. */
  readonly sample?: (architecture: Architecture, generator: Generator) => void;
}

/** Beyond so many open parameters the same case hardly ever comes back. */
const MAXIMUM_OPEN = 3;

/**
 * Counts the architectures of the diagram that satisfy the constraints; undefined where that takes more than
 * `maximumVisits` steps. Levels that break a constraint are left as soon as its last parameter is set, and what comes after
 * is counted once for all earlier levels that no later constraint looks at.
 */
export function countValid(
  { nodes, order }: Diagram,
  constraints: readonly Constraint[],
  maximumVisits: number,
): Counted | undefined {
  const checks = checksByPosition(order, constraints);
  const open = openByPosition(order, checks);
  const lastCheck = checks.findLastIndex((list) => list.length > 0);
  const trial = new Int32Array(order.length).fill(-1);
  const counts = new Map<string, bigint>();
  let visits = 0;

  const countFrom = (id: number, position: number): bigint => {
    if (position > lastCheck) return nodes[id].count;
    const openHere = open[position];
    if (openHere.length > MAXIMUM_OPEN) return countLevels(id, position);
    const key = `${id}:${openHere.map((parameter) => trial[parameter])}`;
    const count = counts.get(key) ?? countLevels(id, position);
    counts.set(key, count);
    return count;
  };
  /** Valid architectures with this level, given the levels before it in `trial`. */
  const countLevel = (parameter: number, level: number, child: number, position: number): bigint => {
    trial[parameter] = level;
    return checks[position].every((check) => check.holds(trial)) ? countFrom(child, position + 1) : 0n;
  };
  const countLevels = (id: number, position: number): bigint => {
    const { parameter, levels, children } = nodes[id];
    let count = 0n;
    for (let i = 0; i < levels.length; i++) {
      if (++visits > maximumVisits) return 0n;
      count += countLevel(parameter, levels[i], children[i], position);
    }
    return count;
  };

  const count = countFrom(0, 0);
  if (visits > maximumVisits) return undefined;
  const isRemembered = open.every((parameters, position) => position > lastCheck || parameters.length <= MAXIMUM_OPEN);
  const isPossible = (parameter: number, level: number, child: number, position: number): boolean => {
    // Where all counts are remembered they tell dead ends; elsewhere the visits above bound how many there are.
    if (isRemembered) return countLevel(parameter, level, child, position) > 0n;
    trial[parameter] = level;
    return checks[position].every((check) => check.holds(trial));
  };
  return {
    count,
    forEach(visit) {
      const visitFrom = (id: number, position: number): void => {
        const { parameter, levels, children } = nodes[id];
        if (parameter < 0) {
          visit(trial);
          return;
        }
        for (let i = 0; i < levels.length; i++)
          if (isPossible(parameter, levels[i], children[i], position)) visitFrom(children[i], position + 1);
      };
      visitFrom(0, 0);
    },
    ...(isRemembered ? { sample } : {}),
  };

  function sample(architecture: Architecture, generator: Generator): void {
    let id = 0;
    for (let position = 0; position < order.length; position++) {
      const { parameter, levels, children } = nodes[id];
      let rest = generator.bigInteger(countFrom(id, position));
      let i = -1;
      while (rest >= 0n) {
        i++;
        rest -= countLevel(parameter, levels[i], children[i], position);
      }
      // The last level counted is the one that was drawn, and `trial` holds it already.
      architecture[parameter] = levels[i];
      id = children[i];
    }
  }
}
