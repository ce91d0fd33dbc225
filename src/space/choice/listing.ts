import type { Enumeration } from "../contract.js";
import type { Diagram, DiagramNode } from "./diagram.js";
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

/** The child after each level, in the order of the levels. */
function childrenOf(node: DiagramNode): Int32Array {
  const children = new Int32Array(node.branches.reduce((sum, { levels }) => sum + levels.length, 0));
  for (const { levels, child } of node.branches) for (const level of levels) children[level] = child;
  return children;
}

/**
 * How many architectures of the diagram satisfy the constraints; undefined where finding out takes more than
 * `maximumVisits` steps. Levels that break a constraint are left as soon as its last parameter is set.
 */
export function countValid(
  { nodes, order }: Diagram,
  constraints: readonly Constraint[],
  maximumVisits: number,
): bigint | undefined {
  const checks = checksByPosition(order, constraints);
  const lastCheck = checks.findLastIndex((list) => list.length > 0);
  const architecture = new Int32Array(order.length).fill(-1);
  let visits = 0;
  const countFrom = (id: number, position: number): bigint => {
    const node = nodes[id];
    if (position > lastCheck) return node.count;
    const below = (level: number, child: number): bigint => {
      if (++visits > maximumVisits) return 0n;
      architecture[node.parameter] = level;
      return checks[position].every((check) => check.holds(architecture)) ? countFrom(child, position + 1) : 0n;
    };
    if (node.inactiveChild >= 0) return below(-1, node.inactiveChild);
    let count = 0n;
    for (const { levels, child } of node.branches)
      for (const level of levels) {
        count += below(level, child);
        if (visits > maximumVisits) return 0n;
      }
    return count;
  };
  const count = countFrom(0, 0);
  return visits > maximumVisits ? undefined : count;
}

/** Lists the architectures that satisfy the constraints, sorted by their levels in the order of the diagram. */
export function listValid(diagram: Diagram, constraints: readonly Constraint[], size: number): Enumeration {
  const { nodes, order } = diagram;
  const genes = order.length;
  const checks = checksByPosition(order, constraints);
  const children = new Map<number, Int32Array>();
  const table = new Int16Array(size * genes);
  const architecture = new Int32Array(genes).fill(-1);
  let row = 0;
  const listFrom = (id: number, position: number): void => {
    const node = nodes[id];
    if (node.parameter < 0) {
      table.set(architecture, row++ * genes);
      return;
    }
    const below = (level: number, child: number): void => {
      architecture[node.parameter] = level;
      if (checks[position].every((check) => check.holds(architecture))) listFrom(child, position + 1);
    };
    if (node.inactiveChild >= 0) {
      below(-1, node.inactiveChild);
      return;
    }
    let childOf = children.get(id);
    if (childOf === undefined) {
      childOf = childrenOf(node);
      children.set(id, childOf);
    }
    for (let level = 0; level < childOf.length; level++) below(level, childOf[level]);
  };
  listFrom(0, 0);
  if (row !== size) throw new Error(`listed ${row} architectures instead of ${size}`);

  const compareWithRow = (wanted: Int32Array, index: number): number => {
    for (const parameter of order) {
      const difference = wanted[parameter] - table[index * genes + parameter];
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return {
    size,
    write(index, target) {
      for (let gene = 0; gene < genes; gene++) target[gene] = table[index * genes + gene];
    },
    indexOf(wanted) {
      let low = 0;
      let high = size - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const difference = compareWithRow(wanted, middle);
        if (difference === 0) return middle;
        if (difference < 0) high = middle - 1;
        else low = middle + 1;
      }
      return -1;
    },
  };
}
