import { z } from "zod";
import type { SearchSpace } from "../space/contract.js";
import { isRestricted, type Limit, limitsOf } from "../space/index.js";

/** The limits of a search in its report. */
export const limitSchema = z.object({
  cost: z.string(),
  bound: z.enum(["at most", "at least"]),
  value: z.number(),
  unit: z.string().describe("empty where the cost has none"),
});

/** How many of how many architectures keep the limits. */
export const feasibleSchema = z.object({
  count: z.int().min(0),
  of: z.int().positive(),
  isExact: z.boolean().describe("false where the space cannot be listed: then these are draws"),
});

/** What reports say of limits. */
export const limitFields = {
  limits: z.array(limitSchema).optional().describe("of --limit; absent where there are none"),
  feasible: feasibleSchema.optional().describe("how many of how many architectures keep the limits"),
};

/** The limits of a space as data; nothing where none were set. */
export function reportLimits(space: SearchSpace): { limits?: Limit[]; feasible?: z.infer<typeof feasibleSchema> } {
  const limits = limitsOf(space);
  if (limits.length === 0 || !isRestricted(space)) return {};
  return { limits: limits.map((limit) => ({ ...limit })), feasible: { ...space.feasible } };
}
