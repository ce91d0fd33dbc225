import { describe, it } from "vitest";
import { strategyConformance } from "./conformance.js";
import { strategies } from "./index.js";

/** Options that make a suite of hundreds of fits quick, and variations of what a strategy is made of. */
const variations: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  "local-search": [{}, { init: 2, fullNeighbourhood: true }],
  "regularized-evolution": [{}, { population: 4, tournament: 2 }],
  weaknas: [
    { predictor: "ridge", sample: 30, mutations: 30 },
    { predictor: "ensemble(member=ridge,size=2)", acquisition: "thompson", sample: 20, mutations: 20 },
    {
      predictor: "gradient-boosting(rounds=5,depth=3)",
      init: 3,
      top: 8,
      schedule: "halving",
      keep: "best",
      keepCount: 6,
    },
    {
      predictor: "random-forest(trees=3)",
      acquisition: "expected-improvement",
      sample: 30,
      mutations: 30,
      keep: "latest",
    },
  ],
};

for (const [name, definition] of Object.entries(strategies)) {
  for (const options of variations[name] ?? [{}]) {
    describe(`conformance of strategy ${name} ${JSON.stringify(options)}`, () => {
      for (const { name: property, run } of strategyConformance(definition, options)) it(property, run);
    });
  }
}
