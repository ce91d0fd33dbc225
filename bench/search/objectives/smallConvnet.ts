import { loadModuleEvaluator } from "../../../src/evaluator/module.js";
import { setUpSpaceSearch } from "../../../src/experiment/searchSetup.js";
import { loadSpaceFile } from "../../../src/study/spaceFile.js";
import type { Objective } from "./objective.js";

/** The space and the formula of the examples. */
export const smallConvnet: Objective = {
  name: "examples/my-space.yaml: the formula of examples/objective.mjs",
  rule: "the label of the formula, which has luck of its own for every architecture",
  isHere: async () => true,
  async prepare({ strategy, batch, seed }) {
    const space = await loadSpaceFile("examples/my-space.yaml");
    const evaluator = await loadModuleEvaluator("examples/objective.mjs");
    return {
      setup: setUpSpaceSearch({ space, evaluator, strategy, batch, seed }),
      worthOf: ({ label }) => label,
    };
  },
};
