import { defineOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { requireMembers } from "./needs.js";
import { bestByLot } from "./ranking.js";

/**
 * Draws one member of an ensemble for each suggestion, as a draw from the posterior, and takes what this member holds for
 * the best of those not yet taken.
 */
export const thompsonDefinition: AcquisitionDefinition = {
  name: "thompson",
  description: "The favourite of an ensemble member drawn for each suggestion",
  source: "Thompson 1933; ensemble members as in Lakshminarayanan et al. 2017",
  needs: "members",
  options: defineOptions({}),
  create: () => ({
    select(input) {
      const { eligible, generator } = input;
      const members = requireMembers("thompson", input);
      const count = Math.min(input.count, eligible.length);
      const rankings = new Map<number, Int32Array>();
      const chosen = new Set<number>();
      while (chosen.size < count) {
        const member = generator.integer(members.length);
        const ranking = rankings.get(member) ?? bestByLot(members[member], count, eligible, generator);
        rankings.set(member, ranking);
        // A ranking as long as the choice always holds one that is still free.
        chosen.add(ranking.find((row) => !chosen.has(row))!);
      }
      return Int32Array.from(chosen);
    },
  }),
};
