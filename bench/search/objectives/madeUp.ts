import { createFunctionEvaluator } from "../../../src/evaluator/function.js";
import { setUpSpaceSearch } from "../../../src/experiment/searchSetup.js";
import { createGenerator } from "../../../src/random/index.js";
import { type ChoiceDefinition, type ChoiceValues, createChoiceSpace } from "../../../src/space/index.js";
import type { Objective } from "./objective.js";

const PARAMETERS = 20;
/** 9^20, about 1.2e19 architectures. */
const LEVELS = 9;
const PAIRS = 20;

interface MadeUpOptions {
  readonly what: string;
  readonly rule: string;
  /** How the value follows the cost, in standard deviations for each standard deviation of it. */
  readonly perCost: number;
  /** Standard deviation of the noise on labels, in standard deviations of the value. */
  readonly noise: number;
}

const madeUp: readonly MadeUpOptions[] = [
  {
    what: "the optimum is expensive",
    rule: "additive and pairwise terms, and the costlier the better",
    perCost: 1,
    noise: 0,
  },
  {
    what: "the optimum is cheap",
    rule: "additive and pairwise terms, and the cheaper the better",
    perCost: -1,
    noise: 0,
  },
  {
    what: "costs say nothing",
    rule: "additive and pairwise terms, costs that have nothing to do with them",
    perCost: 0,
    noise: 0,
  },
  {
    what: "noisy",
    rule: "like `the optimum is expensive`, labels with normal noise of 0.3 standard deviations of the value over the space; values without it",
    perCost: 1,
    noise: 0.3,
  },
];

/** Objectives on made-up spaces of 20 parameters with 9 levels each; their terms are drawn with a fixed seed. */
export const madeUpObjectives: readonly Objective[] = madeUp.map(({ what, rule, perCost, noise }): Objective => {
  const { definition, worthOf } = makeUp(what, perCost);
  return {
    name: `made-up choices: ${what}`,
    rule,
    isHere: async () => true,
    async prepare({ strategy, batch, seed }) {
      const space = createChoiceSpace(definition);
      const luck = createGenerator(seed).split("labels");
      const evaluator = createFunctionEvaluator(({ architecture, parameters }) => {
        const value = worthOf(parameters ?? {});
        // One architecture keeps its label for the whole run, as in the tables.
        return { label: value + noise * luck.split(architecture).normal(), value };
      });
      const setup = setUpSpaceSearch({ space, evaluator, strategy, batch, seed });
      return { setup, worthOf: ({ metrics }) => metrics["value"] };
    },
  };
});

function makeUp(name: string, perCost: number) {
  const generator = createGenerator("made-up choices").split(name);
  const names = Array.from({ length: PARAMETERS }, (_, i) => `p${i}`);
  const isOrdinal = (parameter: number): boolean => parameter % 2 === 0;
  // Ordinal parameters have one best level somewhere, categorical ones any value for any level.
  const additive = names.map((_, parameter) => {
    const peak = generator.uniform() * (LEVELS - 1);
    const weight = 0.3 + generator.uniform();
    return Array.from({ length: LEVELS }, (_, level) =>
      isOrdinal(parameter) ? -weight * Math.abs((level - peak) / 3) : generator.normal(),
    );
  });
  const pairs = Array.from({ length: PAIRS }, () => {
    const [one, other] = generator.choose(2, PARAMETERS);
    return { one, other, terms: Array.from({ length: LEVELS * LEVELS }, () => 0.7 * generator.normal()) };
  });
  const costs = names.map(() => {
    const step = 0.2 + generator.uniform();
    return Array.from({ length: LEVELS }, (_, level) => 1 + step * level);
  });
  const costOf = (levels: readonly number[]): number => levels.reduce((sum, level, at) => sum + costs[at][level], 0);
  const structure = (levels: readonly number[]): number =>
    levels.reduce((sum, level, at) => sum + additive[at][level], 0) +
    pairs.reduce((sum, { one, other, terms }) => sum + terms[levels[one] * LEVELS + levels[other]], 0);
  const reference = Array.from({ length: 2000 }, () => names.map(() => generator.integer(LEVELS)));
  const scaled = [structure, costOf].map((of) => standardised(reference.map(of)));
  const raw = (levels: readonly number[]): number => scaled[0](structure(levels)) + perCost * scaled[1](costOf(levels));
  const scale = standardised(reference.map(raw));
  const levelsOf = (values: ChoiceValues): number[] =>
    names.map((parameter) => Number(String(values[parameter]).replace("o", "")));
  const definition: ChoiceDefinition = {
    name: "made-up-choices",
    parameters: Object.fromEntries(
      names.map((parameter, at) => [
        parameter,
        Array.from({ length: LEVELS }, (_, level) => (isOrdinal(at) ? level : `o${level}`)),
      ]),
    ),
    cost: { flops: { value: (values) => 1e6 * costOf(levelsOf(values)), unit: "MAC" } },
  };
  return { definition, worthOf: (values: ChoiceValues): number => scale(raw(levelsOf(values))) };
}

function standardised(values: readonly number[]): (value: number) => number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
  return (value) => (value - mean) / deviation;
}
