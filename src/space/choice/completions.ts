import type { Architecture } from "../contract.js";
import type { Diagram, DiagramNode } from "./diagram.js";

/** The architectures that keep some genes as they are. */
export interface Completions {
  readonly count: bigint;
  /** Writes the completion with this number, from 0. */
  write(number: bigint, architecture: Architecture): void;
}

/**
 * All ways to fill in the genes that are -1 in `fixed`. A gene that is given counts where its parameter is active and is
 * dropped where not.
 */
export function completionsOf({ nodes }: Diagram, fixed: Architecture): Completions {
  const counts = new Map<number, bigint>();
  const isKept = (node: DiagramNode, levels: readonly number[]): boolean => levels.includes(fixed[node.parameter]);
  const countAt = (id: number): bigint => {
    const node = nodes[id];
    if (node.parameter < 0) return 1n;
    const known = counts.get(id);
    if (known !== undefined) return known;
    let count = 0n;
    if (node.inactiveChild >= 0) count = countAt(node.inactiveChild);
    else if (fixed[node.parameter] >= 0) {
      for (const { levels, child } of node.branches) if (isKept(node, levels)) count = countAt(child);
    } else for (const { levels, child } of node.branches) count += BigInt(levels.length) * countAt(child);
    counts.set(id, count);
    return count;
  };
  return {
    count: countAt(0),
    write(number, architecture) {
      let rest = number;
      let id = 0;
      while (nodes[id].parameter >= 0) {
        const node = nodes[id];
        if (node.inactiveChild >= 0) {
          architecture[node.parameter] = -1;
          id = node.inactiveChild;
          continue;
        }
        const gene = fixed[node.parameter];
        for (const { levels, child } of node.branches) {
          if (gene >= 0) {
            if (!levels.includes(gene)) continue;
            architecture[node.parameter] = gene;
            id = child;
            break;
          }
          const below = countAt(child);
          const inBranch = BigInt(levels.length) * below;
          if (rest >= inBranch) {
            rest -= inBranch;
            continue;
          }
          architecture[node.parameter] = levels[Number(rest / below)];
          rest %= below;
          id = child;
          break;
        }
      }
    },
  };
}
