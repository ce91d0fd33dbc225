import { z } from "zod";

/** Options that the strategies of the N+K protocol share. */
export const sampleAndRankOptions = {
  samples: (published: number) =>
    z.int().min(1).default(published).describe("N: architectures evaluated before the space is ranked"),
  evaluate: z.int().min(1).default(30).describe("K: architectures evaluated after each ranking, the best first"),
  sample: z.int().min(0).default(2000).describe("Candidates drawn for a ranking where the space cannot be listed"),
  mutations: z.int().min(0).default(2000).describe("Further candidates there: mutations of the best"),
  parents: z.int().min(1).default(10).describe("How many of the best are mutated there"),
};
