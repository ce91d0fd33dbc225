/**
 * The library instead of the command line: a space as an object, the training as a function, and the search between them.
 *   node examples/library.mjs
 */
import {
  bestTrial,
  createChoiceSpace,
  createFunctionEvaluator,
  openThreads,
  search,
  setUpSpaceSearch,
} from "assay-nas";

const space = createChoiceSpace({
  name: "two-branches",
  parameters: {
    kind: ["transformer", "convolution"],
    layers: { range: { from: 2, to: 12 } },
    heads: { levels: [1, 2, 4, 8], when: { kind: "transformer" } },
    kernel: { levels: [3, 5, 7, 9], when: { kind: "convolution" } },
    width: { range: { from: 32, to: 256, factor: 2 } },
    rate: { range: { from: 0.0001, to: 0.1, count: 7, scale: "log" } },
  },
  // Does not apply to convolutions, which have no heads.
  constraints: ["width >= 16 * heads"],
  // A cost may be an expression, or a function of the active parameters.
  cost: {
    params: {
      unit: "parameters",
      value: ({ kind, layers, kernel, width }) => layers * width * (kind === "transformer" ? 12 * width : kernel),
    },
  },
});

// Stands for a training. It may be asynchronous, and whatever it throws makes one failed evaluation.
const evaluator = createFunctionEvaluator(
  async ({ parameters, cost }) => {
    const { kind, heads = 0, kernel = 0, rate } = parameters;
    if (rate > 0.05) throw new Error("the training diverged");
    const size = Math.log(cost.params) - (kind === "transformer" ? 14 : 8);
    const accuracy =
      (kind === "transformer" ? 88 + 0.8 * Math.log(heads) : 87 - 0.2 * (kernel - 5) ** 2) - 0.4 * size ** 2;
    return { accuracy: accuracy - 0.5 * Math.log(rate / 0.001) ** 2, parameters: cost.params };
  },
  { timeout: 60 },
);

const pool = openThreads(1);
try {
  const setup = setUpSpaceSearch({ space, evaluator, pool, strategy: "default", seed: 1 });
  const { trials } = await search({ ...setup, budget: 60 });
  const best = bestTrial(trials);
  console.log(
    `${space.size} architectures, ${trials.length} evaluated, ${trials.filter((t) => t.failure).length} failed`,
  );
  console.log(`best: ${best.label.toFixed(2)} %`, space.format(setup.catalogue.at(best.architecture)));
} finally {
  await pool.close();
}
