import { describe, it } from "vitest";
import { strategyConformance } from "./conformance.js";
import { localSearchDefinition } from "./localSearch.js";
import { randomDefinition } from "./random.js";
import { regularizedEvolutionDefinition } from "./regularizedEvolution.js";

for (const definition of [randomDefinition, localSearchDefinition, regularizedEvolutionDefinition]) {
  describe(`conformance of strategy ${definition.name}`, () => {
    for (const check of strategyConformance(definition)) it(check.name, () => check.run());
  });
}
