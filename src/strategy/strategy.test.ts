import { describe, expect, it } from "vitest";
import { explainingDefinition } from "../../test/explainingStrategy.js";
import { registerStandIn } from "../../test/standInPredictor.js";
import { createGenerator, type Generator } from "../random/index.js";
import { strategyConformance } from "./conformance.js";
import type { Strategy, StrategyContext, StrategyDefinition } from "./contract.js";
import { strategies } from "./index.js";
import { randomDefinition } from "./random.js";

registerStandIn();

const small = { sample: 20, mutations: 20, evaluate: 3 };

/** Options that make a suite of hundreds of fits quick, and variations of what a strategy is made of. */
const variations: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  default: [
    { sample: 30, mutations: 30, rounds: 1, finalists: 20 },
    {
      start: "random",
      init: 2,
      emphasis: false,
      believer: false,
      noise: true,
      without: "summary",
      sample: 20,
      mutations: 0,
      rounds: 0,
      finalists: 10,
    },
  ],
  "local-search": [{}, { init: 2, fullNeighbourhood: true }],
  nsga2: [{}, { population: 4 }],
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
  "siamese-nas": [
    { ...small, predictor: "stand-in", samples: 12, updates: 3, epochs: 10 },
    { ...small, predictor: "ridge", samples: 7, bts: false },
  ],
  "brp-nas": [{ ...small, predictor: "stand-in", samples: 13, iterations: 3, epochs: 5 }],
  "neural-predictor": [{ ...small, predictor: "ridge", samples: 8 }],
};

for (const [name, definition] of Object.entries(strategies)) {
  for (const options of variations[name] ?? [{}]) {
    describe(`conformance of strategy ${name} ${JSON.stringify(options)}`, () => {
      for (const { name: property, run } of strategyConformance(definition, options)) it(property, run);
    });
  }
}

describe("conformance of a strategy with opinions", () => {
  for (const { name, run } of strategyConformance(explainingDefinition)) it(name, run);
});

describe("the suite itself", () => {
  /** Random search with one thing broken. */
  function broken(change: (sound: Strategy, context: StrategyContext) => Partial<Strategy>): StrategyDefinition {
    return {
      ...randomDefinition,
      create(context, options, state) {
        const sound = randomDefinition.create(context, options, state);
        return { ...sound, ...change(sound, context) };
      },
    };
  }

  const mistakes: Record<string, [StrategyDefinition, RegExp]> = {
    "suggests twice": [broken(() => ({ suggest: async (count) => Array(count).fill(0) })), /never suggests twice/],
    "gives one at a time": [
      broken((sound) => ({ suggest: (count) => sound.suggest(Math.min(count, 1)) })),
      /as many as asked/,
    ],
    "gives too many": [broken((sound) => ({ suggest: (count) => sound.suggest(count + 1) })), /never suggests twice/],
    "forgets what it learnt elsewhere": [broken(() => ({ observe: () => {} })), /architectures it never suggested/],
    "forgets its state": [
      broken(() => ({ state: () => ({ history: { architectures: [], labels: [] } }) })),
      /goes on from its state/,
    ],
    "is not decided by its seed": [
      broken((_sound, { catalogue, generator }) => {
        const other = generator.split(performance.now());
        const context = { catalogue, generator: other } as StrategyContext;
        return randomDefinition.create(context, {});
      }),
      /same with the same seed/,
    ],
    "ignores its seed": [
      broken((_sound, { catalogue, generator }) => {
        const fixed = { ...generator, split: () => createGenerator(1) } as Generator;
        return randomDefinition.create({ catalogue, generator: fixed } as StrategyContext, {});
      }),
      /same with the same seed/,
    ],
  };

  /** A strategy with opinions, with one thing broken. */
  function misled(change: (sound: Strategy, context: StrategyContext) => Partial<Strategy>): StrategyDefinition {
    return {
      ...explainingDefinition,
      create(context, options, state) {
        const sound = explainingDefinition.create(context, options, state);
        return { ...sound, ...change(sound, context) };
      },
    };
  }

  Object.assign(mistakes, {
    "explains everything": [misled(() => ({ explain: () => ({ reason: "random" }) })), /nothing else/],
    "explains nothing": [misled(() => ({ explain: () => undefined })), /explains what it suggested/],
    "forgets its explanations": [
      misled((sound) => ({ state: () => ({ ...sound.state(), explanations: [] }) })),
      /the same after it was restored/,
    ],
    "recommends what there is not": [
      misled(() => ({ recommend: async () => ({ architecture: -1 }) })),
      /recommends an architecture/,
    ],
    "is more than sure": [
      misled(() => ({ recommend: async () => ({ architecture: 0, probabilityBest: 1.5 }) })),
      /recommends an architecture/,
    ],
    "spends a query on its recommendation": [
      misled((sound) => ({ recommend: async () => ({ architecture: (await sound.suggest(1))[0] ?? 0 }) })),
      /without changing the search/,
    ],
  } satisfies Record<string, [StrategyDefinition, RegExp]>);

  for (const [mistake, [definition, expected]] of Object.entries(mistakes)) {
    it(`notices a strategy that ${mistake}`, async () => {
      const failed: string[] = [];
      for (const { name, run } of strategyConformance(definition))
        await Promise.resolve()
          .then(run)
          .catch(() => failed.push(name));
      expect(failed.join("\n")).toMatch(expected);
    });
  }
});
