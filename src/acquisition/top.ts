import { z } from "zod";
import { largest } from "../kernels/topK.js";
import { defineOptions, readOptions } from "../options.js";
import type { AcquisitionDefinition } from "./contract.js";
import { bestByLot } from "./ranking.js";

const options = defineOptions({
  best: z.int().min(1).default(100).describe("N: how many of the best predictions of the whole ranking to draw from"),
});

/**
 * Draws uniformly from the unseen among the N best of the whole ranking, architectures already evaluated included; where
 * too few of these are unseen, the ranking is walked down. The smaller N, the greedier (Wu et al. 2021, WeakNAS).
 */
export const topDefinition: AcquisitionDefinition = {
  name: "top",
  description: "Uniform draw from the N best predictions",
  source: "Wu et al., Stronger NAS with Weaker Predictors, NeurIPS 2021",
  needs: "mean",
  options,
  create(values) {
    const { best } = readOptions("acquisition top", options, values);
    return {
      select({ prediction: { mean }, eligible, count, generator }) {
        const isTop = new Uint8Array(mean.length);
        for (const row of bestByLot(mean, best, undefined, generator)) isTop[row] = 1;
        const unseen: number[] = [];
        for (let i = 0; i < eligible.length; i++) if (isTop[eligible[i]] === 1) unseen.push(eligible[i]);
        const drawn = generator.choose(Math.min(count, unseen.length), unseen.length).map((place) => unseen[place]);
        const chosen = largest(mean, drawn.length, Int32Array.from(drawn));
        if (chosen.length === count) return chosen;
        const further = eligible.filter((row) => isTop[row] === 0);
        return Int32Array.from([...chosen, ...bestByLot(mean, count - chosen.length, further, generator)]);
      },
    };
  },
};
