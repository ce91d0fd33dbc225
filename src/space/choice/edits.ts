import type { Generator } from "../../random/index.js";
import type { Architecture } from "../contract.js";
import { completionsOf } from "./completions.js";
import type { Diagram } from "./diagram.js";
import type { ChoiceParameter } from "./model.js";
import { dependentsOf } from "./order.js";

/** A level may switch on parameters with many levels of their own; more ways than this to fill them are not all listed. */
const MAXIMUM_WAYS = 32;

/** Changes of one active parameter to another level; what that switches on is filled in, what it switches off goes. */
export interface Edits {
  /** One edit, drawn: the parameter, then its level, then the newly active parameters, each uniformly. */
  draw(architecture: Architecture, generator: Generator): Architecture;
  /**
   * All edits in a fixed order, none twice.
   *
   * @param reach "adjacent" moves ordinal parameters by one level only, "all" to any
   */
  list(architecture: Architecture, reach: "adjacent" | "all"): Architecture[];
}

export function createEdits(parameters: readonly ChoiceParameter[], diagram: Diagram): Edits {
  const dependents = dependentsOf(parameters);

  const changed = (architecture: Architecture, parameter: number, level: number): Architecture => {
    const edited = architecture.slice();
    edited[parameter] = level;
    return edited;
  };
  const movable = (architecture: Architecture): number[] => {
    const found: number[] = [];
    for (let i = 0; i < parameters.length; i++)
      if (architecture[i] >= 0 && parameters[i].levels.length > 1) found.push(i);
    return found;
  };

  return {
    draw(architecture, generator) {
      const candidates = movable(architecture);
      const parameter = candidates[generator.integer(candidates.length)];
      const count = parameters[parameter].levels.length;
      const level = (architecture[parameter] + 1 + generator.integer(count - 1)) % count;
      const edited = changed(architecture, parameter, level);
      if (dependents[parameter].length === 0) return edited;
      const ways = completionsOf(diagram, edited);
      ways.write(ways.count > 1n ? generator.bigInteger(ways.count) : 0n, edited);
      return edited;
    },
    list(architecture, reach) {
      const found: Architecture[] = [];
      for (const parameter of movable(architecture)) {
        const { kind, levels } = parameters[parameter];
        const current = architecture[parameter];
        for (let level = 0; level < levels.length; level++) {
          if (level === current) continue;
          if (kind === "ordinal" && reach === "adjacent" && Math.abs(level - current) > 1) continue;
          const edited = changed(architecture, parameter, level);
          if (dependents[parameter].length === 0) found.push(edited);
          else found.push(...waysOf(edited));
        }
      }
      return found;
    },
  };

  /** Every way to fill in newly active parameters, or as many spread evenly over all of them. */
  function waysOf(edited: Architecture): Architecture[] {
    const ways = completionsOf(diagram, edited);
    const count = ways.count > BigInt(MAXIMUM_WAYS) ? MAXIMUM_WAYS : Number(ways.count);
    return Array.from({ length: count }, (_, i) => {
      const filled = edited.slice();
      ways.write((BigInt(i) * ways.count) / BigInt(count), filled);
      return filled;
    });
  }
}
