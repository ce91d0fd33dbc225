import type { Generator } from "../../random/index.js";
import type { Architecture } from "../contract.js";
import type { ChoiceParameter, Constraint } from "./model.js";
import { dependentsOf, orderParameters } from "./order.js";
import { mistake } from "./source.js";

/** Levels of a parameter after which the rest of the space is the same, and the node of that rest. */
export interface Branch {
  readonly levels: readonly number[];
  readonly child: number;
}

/** A different rest of the space, from one parameter of the order on. */
export interface DiagramNode {
  /** -1 for the last node, which has no rest. */
  readonly parameter: number;
  /** Without entries where the parameter is inactive here. */
  readonly branches: readonly Branch[];
  /** The node after an inactive parameter, else -1. */
  readonly inactiveChild: number;
  /** All levels in order, -1 where the parameter is inactive. */
  readonly levels: readonly number[];
  /** The node after each of `levels`. */
  readonly children: readonly number[];
  readonly count: bigint;
  /** The count as a number, exact below 2^53. */
  readonly weight: number;
}

/**
 * All architectures of a space with conditions, constraints aside, as a decision diagram: one layer for each parameter
 * in `order`, and one node for each different rest of the space. It counts without listing: parameters that do not
 * depend on each other share their nodes.
 */
export interface Diagram {
  readonly order: Int32Array;
  /** The first is the root. */
  readonly nodes: readonly DiagramNode[];
  readonly count: bigint;
}

const MAXIMUM_NODES = 50_000;

type Growing = Pick<DiagramNode, "parameter" | "branches" | "inactiveChild">;

/** Builds the diagram. Throws AssayError for parameters that can never be active and for conditions beyond counting. */
export function createDiagram(
  parameters: readonly ChoiceParameter[],
  constraints: readonly Constraint[] = [],
): Diagram {
  const firstConstraint = parameters.map((_, i) => {
    const first = constraints.findIndex((constraint) => constraint.parameters?.includes(i) ?? true);
    return first < 0 ? Number.POSITIVE_INFINITY : first;
  });
  const order = orderParameters(parameters, firstConstraint);
  const dependents = dependentsOf(parameters);
  const nodes: Growing[] = [];
  // A state is the list of parameters still to come that are known to be inactive.
  let states: number[][] = [[]];
  for (const parameter of order) {
    const nextFirst = nodes.length + states.length;
    const nextStates: number[][] = [];
    const idOfKey = new Map<string, number>();
    const childFor = (inactive: number[]): number => {
      const key = inactive.join(",");
      let id = idOfKey.get(key);
      if (id === undefined) {
        id = nextFirst + nextStates.length;
        idOfKey.set(key, id);
        nextStates.push(inactive);
      }
      return id;
    };
    for (const inactive of states) {
      nodes.push(
        inactive.includes(parameter)
          ? { parameter, branches: [], inactiveChild: childFor(merge(inactive, parameter, dependents[parameter])) }
          : {
              parameter,
              branches: branchesOf(parameters, parameter, inactive, dependents, childFor),
              inactiveChild: -1,
            },
      );
    }
    refuseNeverActive(parameters[parameter], nodes.slice(-states.length));
    if (nextFirst + nextStates.length > MAXIMUM_NODES)
      throw mistake(
        parameters[parameter].place,
        `the conditions cannot be counted: more than ${MAXIMUM_NODES} different cases.`,
        "Let fewer parameters depend on several others at once.",
      );
    states = nextStates;
  }
  nodes.push({ parameter: -1, branches: [], inactiveChild: -1 });
  const counted = countNodes(nodes);
  return { order, nodes: counted, count: counted[0].count };
}

function branchesOf(
  parameters: readonly ChoiceParameter[],
  parameter: number,
  inactive: readonly number[],
  dependents: readonly number[][],
  childFor: (inactive: number[]) => number,
): Branch[] {
  const levelsOfChild = new Map<number, number[]>();
  for (let level = 0; level < parameters[parameter].levels.length; level++) {
    const switchedOff = dependents[parameter].filter((dependent) =>
      parameters[dependent].conditions.some((c) => c.parameter === parameter && !c.allowed[level]),
    );
    const child = childFor(merge(inactive, parameter, switchedOff));
    const levels = levelsOfChild.get(child);
    if (levels === undefined) levelsOfChild.set(child, [level]);
    else levels.push(level);
  }
  return [...levelsOfChild].map(([child, levels]) => ({ levels, child }));
}

/** The inactive parameters after this one: itself is done with, some others join. Sorted, none twice. */
function merge(inactive: readonly number[], done: number, added: readonly number[]): number[] {
  if (added.length === 0 && !inactive.includes(done)) return [...inactive];
  const all = new Set([...inactive, ...added]);
  all.delete(done);
  return [...all].sort((a, b) => a - b);
}

function refuseNeverActive(parameter: ChoiceParameter, layer: readonly Growing[]): void {
  if (layer.some((node) => node.branches.length > 0)) return;
  throw mistake(
    { ...parameter.place, field: `${parameter.place.field}.when` },
    "never holds: the parameters that it names never take these levels together.",
  );
}

function countNodes(nodes: readonly Growing[]): DiagramNode[] {
  const counted: DiagramNode[] = new Array(nodes.length);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { branches, inactiveChild } = nodes[i];
    let count = i === nodes.length - 1 ? 1n : 0n;
    if (inactiveChild >= 0) count += counted[inactiveChild].count;
    for (const { levels, child } of branches) count += BigInt(levels.length) * counted[child].count;
    const children = childrenOf(nodes[i]);
    const levels = inactiveChild >= 0 ? [-1] : [...children.keys()];
    counted[i] = { ...nodes[i], levels, children, count, weight: Number(count) };
  }
  return counted;
}

function childrenOf({ branches, inactiveChild }: Growing): number[] {
  if (inactiveChild >= 0) return [inactiveChild];
  const children: number[] = new Array(branches.reduce((sum, { levels }) => sum + levels.length, 0));
  for (const { levels, child } of branches) for (const level of levels) children[level] = child;
  return children;
}

/** Fills in the genes of an architecture drawn uniformly: branches are weighted by the architectures behind them. */
export function sampleDiagram({ nodes }: Diagram, architecture: Architecture, generator: Generator): void {
  for (let node = nodes[0]; node.parameter >= 0; ) {
    if (node.inactiveChild >= 0) {
      architecture[node.parameter] = -1;
      node = nodes[node.inactiveChild];
      continue;
    }
    const branch = node.branches.length === 1 ? node.branches[0] : drawBranch(nodes, node, generator);
    architecture[node.parameter] = branch.levels[generator.integer(branch.levels.length)];
    node = nodes[branch.child];
  }
}

function drawBranch(nodes: readonly DiagramNode[], node: DiagramNode, generator: Generator): Branch {
  if (node.weight <= Number.MAX_SAFE_INTEGER) {
    let rest = generator.integer(node.weight);
    for (const branch of node.branches) {
      rest -= branch.levels.length * nodes[branch.child].weight;
      if (rest < 0) return branch;
    }
  } else {
    let rest = generator.bigInteger(node.count);
    for (const branch of node.branches) {
      rest -= BigInt(branch.levels.length) * nodes[branch.child].count;
      if (rest < 0n) return branch;
    }
  }
  throw new Error("the counts of a decision diagram do not add up");
}

/** Whether the conditions of a parameter hold. Its own gene does not matter. */
export function isActive(parameter: ChoiceParameter, architecture: Architecture): boolean {
  for (const condition of parameter.conditions) {
    const level = architecture[condition.parameter];
    if (level < 0 || !condition.allowed[level]) return false;
  }
  return true;
}
