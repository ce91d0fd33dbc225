import { describe, expect, it } from "vitest";
import { encodeAll } from "../encoding/index.js";
import { largest } from "../kernels/topK.js";
import { createPredictor } from "../predictor/index.js";
import { mlpDefinition } from "../predictor/mlp.js";
import { ridgeDefinition } from "../predictor/ridge.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import { createTinyNasBench201, restrictSpace } from "../space/index.js";
import { parseSpec } from "../spec.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { Strategy, StrategyContext } from "./contract.js";
import { createFeatureSource } from "./features.js";
import { createStrategy } from "./index.js";
import { releasedImprovement, releasedPredictor } from "./released.js";

const trees = "gradient-boosting(rounds=20,depth=4)";
const space = createGridSpace(5, 4, true);
const catalogue = createCatalogue(space);
const features = createFeatureSource(catalogue);

function create(options: string, changes: Partial<StrategyContext> = {}): Strategy {
  const context = { catalogue, features, generator: createGenerator(1), ...changes };
  return createStrategy(`weaknas:predictor=${trees}${options === "" ? "" : `,${options}`}`, context);
}

const label = (id: number): number => 60 + catalogue.at(id).reduce((sum, level, gene) => sum + level * (gene + 1), 0);

async function iterate(strategy: Strategy, count: number): Promise<number[]> {
  const suggested = await strategy.suggest(count);
  strategy.observe(suggested.map((architecture) => ({ architecture, label: label(architecture) })));
  return suggested;
}

describe("weaknas", () => {
  it("draws each iteration from the unseen among the N best of a predictor fitted to all labels so far", async () => {
    const strategy = create("init=20,top=15,encoding=one-hot");
    const known = await iterate(strategy, 20);
    for (let iteration = 0; iteration < 4; iteration++) {
      const labels = Float64Array.from(known, label);
      const mean = labels.reduce((sum, value) => sum + value, 0) / labels.length;
      const deviation = Math.sqrt(labels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / labels.length);
      const predictor = createPredictor("gradient-boosting:rounds=20,depth=4");
      const standardised = labels.map((value) => (value - mean) / deviation);
      await predictor.fit(features.of("one-hot", known), standardised, createGenerator(0));
      const prediction = (await predictor.predict(encodeAll(space, "one-hot"))).mean;
      const border = prediction[largest(prediction, 15)[14]];
      const unseenTop = [...prediction.keys()].filter((row) => prediction[row] > border - 1e-9 && !known.includes(row));

      const suggested = await iterate(strategy, 3);
      for (const id of suggested) expect(unseenTop).toContain(id);
      known.push(...suggested);
    }
  });

  describe("in a space with equal functions", () => {
    const tiny = createCatalogue(createTinyNasBench201());
    const tinyFeatures = createFeatureSource(tiny);
    const flops = (id: number): number => {
      const costs = new Float64Array(2);
      tiny.space.views.cost!.write(tiny.at(id), costs);
      return costs[0];
    };
    const functionOf = (id: number): string => tiny.space.distinct!(tiny.space.canonical(tiny.at(id))).join();

    async function suggestions(options: string, queries = 60): Promise<number[]> {
      const context = { catalogue: tiny, features: tinyFeatures, generator: createGenerator(1) };
      const strategy = createStrategy(`weaknas:predictor=ridge${options}`, context);
      const asked: number[] = [];
      while (asked.length < queries) {
        const suggested = await strategy.suggest(10);
        // The cheapest are best: most of them compute the same.
        strategy.observe(suggested.map((architecture) => ({ architecture, label: -flops(architecture) })));
        asked.push(...suggested);
      }
      return asked;
    }

    it("suggests each function once, and each entry where that is asked for", async () => {
      const byFunction = await suggestions("");
      const start = new Set(byFunction.slice(0, 10).map(functionOf));
      const later = byFunction.slice(10).map(functionOf);
      expect(new Set(later).size).toBe(later.length);
      expect(later.filter((one) => start.has(one))).toEqual([]);

      const entries = (await suggestions(",candidates=entries")).slice(10).map(functionOf);
      expect(new Set(entries).size).toBeLessThan(entries.length);
    });

    it("goes on with further entries when every function is known", async () => {
      const few = createCatalogue(restrictSpace(tiny.space, { name: "few", description: "", limits: { flops: 8e6 } }));
      expect(few.size).toBeGreaterThan(20);
      const context = { catalogue: few, features: createFeatureSource(few), generator: createGenerator(1) };
      const strategy = createStrategy("weaknas:predictor=ridge", context);
      const asked: number[] = [];
      while (asked.length < few.size) {
        const suggested = await strategy.suggest(Math.min(10, few.size - asked.length));
        strategy.observe(suggested.map((architecture) => ({ architecture, label: architecture })));
        asked.push(...suggested);
      }
      expect(new Set(asked).size).toBe(few.size);
    });

    it("does as published where asked to, and keeps what is stated besides", async () => {
      const stated = await suggestions(",encoding=one-hot,top=100,candidates=entries");
      expect(await suggestions(",published=true")).toEqual(stated);
      expect(await suggestions("")).not.toEqual(stated);
      expect(await suggestions(",encoding=summary,top=20,candidates=functions")).toEqual(await suggestions(""));
      expect(await suggestions(",published=true,encoding=summary,top=20,candidates=functions")).toEqual(
        await suggestions(""),
      );
    });

    it.each([
      ["ridge", "", "summary"],
      ["ridge", ",published=true", "one-hot"],
      ["brp(epochs=1)", "", "pruned-graph"],
    ])("ranks %s%s by the encoding %s", async (predictor, options, encoding) => {
      const read = new Set<string>();
      const watched = {
        all(name: string) {
          read.add(name);
          return tinyFeatures.all(name);
        },
        of: tinyFeatures.of,
      };
      const context = { catalogue: tiny, features: watched, generator: createGenerator(1) };
      const strategy = createStrategy(`weaknas:predictor=${predictor}${options}`, context);
      const start = await strategy.suggest(10);
      strategy.observe(start.map((architecture) => ({ architecture, label: architecture })));
      await strategy.suggest(1);
      expect([...read]).toEqual([encoding]);
    });
  });

  it("finds the optimum of a smooth space where random search would not", async () => {
    const strategy = create("");
    const asked: number[] = [];
    for (let iteration = 0; iteration < 10; iteration++) asked.push(...(await iterate(strategy, 10)));
    expect(Math.max(...asked.map(label))).toBe(60 + 45);
  });

  it("draws at random while there is nothing to learn from", async () => {
    const strategy = create("init=4");
    const first = await strategy.suggest(4);
    const second = await strategy.suggest(3);
    strategy.observe(first.map((architecture) => ({ architecture, label: Number.NaN })));
    const third = await strategy.suggest(3);
    expect(new Set([...first, ...second, ...third]).size).toBe(10);
  });

  it("takes its initial sample as published: 100 on the full NAS-Bench-101, 10 elsewhere", async () => {
    // Fits would change the draws that follow: as long as all draws are random, the batch size does not matter.
    const randomDraws = async (name: string, size: bigint): Promise<number> => {
      const named = createCatalogue({ ...space, name, size });
      const context = { catalogue: named, features: createFeatureSource(named), generator: createGenerator(1) };
      const weak = createStrategy(`weaknas:predictor=${trees}`, context);
      const random = createStrategy(`weaknas:predictor=${trees},init=1000`, context);
      const expected = await random.suggest(120);
      const asked: number[] = [];
      while (asked.length < 120) asked.push(...(await iterate(weak, 10)));
      return asked.findIndex((id, place) => id !== expected[place]);
    };
    expect(await randomDraws("nasbench101", 423_624n)).toBeGreaterThanOrEqual(100);
    expect(await randomDraws("nasbench101", 2_532n)).toBeLessThan(20);
    expect(await randomDraws("nasbench201", 15_625n)).toBeLessThan(20);
  });

  it("gives the same whether calls of suggest overlap or follow each other", async () => {
    const overlapping = create("");
    const following = create("");
    await iterate(overlapping, 10);
    await iterate(following, 10);
    const together = await Promise.all([overlapping.suggest(4), overlapping.suggest(4)]);
    expect(together).toEqual([await following.suggest(4), await following.suggest(4)]);
    expect(new Set(together.flat()).size).toBe(8);
  });

  it("proposes nothing when a fit fails, and goes on", async () => {
    let broken = true;
    const fragile = {
      ...features,
      all(encoding: string) {
        if (broken) throw new Error("out of memory");
        return features.all(encoding);
      },
    };
    const strategy = create("init=12", { features: fragile });
    await iterate(strategy, 10);
    const before = JSON.stringify(strategy.state());
    await expect(strategy.suggest(5)).rejects.toThrow("out of memory");
    expect(JSON.stringify(strategy.state())).toBe(before);
    broken = false;
    expect(await strategy.suggest(5)).toHaveLength(5);
  });

  it("numbers no more of a huge space than it suggests", async () => {
    const huge = createCatalogue(createGridSpace(20, 8, false));
    const context = { catalogue: huge, features: createFeatureSource(huge), generator: createGenerator(1) };
    const strategy = createStrategy(`weaknas:predictor=${trees},sample=200,mutations=200`, context);
    for (let iteration = 0; iteration < 5; iteration++) {
      const suggested = await strategy.suggest(10);
      strategy.observe(suggested.map((id) => ({ architecture: id, label: huge.at(id)[0] })));
    }
    expect(huge.size).toBe(50);
  });

  it("recommends what the predictor holds for the best, without a query", async () => {
    const strategy = create("");
    expect(await strategy.recommend?.()).toBeUndefined();
    for (let iteration = 0; iteration < 8; iteration++) await iterate(strategy, 10);
    const before = JSON.stringify(strategy.state());
    expect(label((await strategy.recommend?.())!.architecture)).toBeGreaterThan(100);
    expect(JSON.stringify(strategy.state())).toBe(before);
  });

  it("recommends in the unit of the labels, and in a space too large to be listed what was evaluated too", async () => {
    const huge = createCatalogue(createGridSpace(20, 8, false));
    const context = { catalogue: huge, features: createFeatureSource(huge), generator: createGenerator(1) };
    const strategy = createStrategy("weaknas:predictor=random-forest(trees=10),sample=5,mutations=0", context);
    const told = Array.from({ length: 60 }, (_, i) => huge.idOf(huge.space.sample(createGenerator(i))));
    const level = (id: number): number => 60 + 10 * huge.at(id)[0];
    strategy.observe(told.map((architecture) => ({ architecture, label: level(architecture) })));
    const { architecture, predicted } = (await strategy.recommend?.())!;
    expect(told).toContain(architecture);
    expect(predicted!.mean).toBeGreaterThan(110);
    expect(predicted!.mean).toBeLessThan(140);
    expect(predicted!.standardDeviation).toBeGreaterThanOrEqual(0);
  });
});

describe("weaknas refuses", () => {
  it("an acquisition that needs what the predictor does not give", () => {
    expect(() => create("acquisition=expected-improvement")).toThrow(
      'Acquisition "expected-improvement" needs standard deviations, which predictor "gradient-boosting" does not give.',
    );
  });

  it("unknown parts, and encodings that do not fit the space", () => {
    expect(() => create("acquisition=tpo")).toThrow('There is no acquisition "tpo".');
    expect(() =>
      createStrategy("weaknas:predictor=mpl", { catalogue, features, generator: createGenerator(1) }),
    ).toThrow('There is no predictor "mpl".');
    expect(() => create("encoding=adjacency")).toThrow(/adjacency/);
    expect(() => create("encoding=one-hto")).toThrow('There is no encoding "one-hto".');
    expect(() => create("keep=worst")).toThrow('Option "keep" of strategy weaknas');
  });

  it("a space that the predictor cannot read", () => {
    const bare = createCatalogue({ ...space, views: {} });
    const context = { catalogue: bare, features: createFeatureSource(bare), generator: createGenerator(1) };
    expect(() => createStrategy("weaknas:predictor=gradient-boosting", context)).toThrow(
      /Predictor gradient-boosting cannot read the space/,
    );
  });

  it("published quirks where the statistics of the whole space are not known", () => {
    expect(() => create("released=true")).toThrow(/statistics of the whole space, which are not known here/);
    expect(() => create("released=true", { labelStatistics: { mean: 70, standardDeviation: 5 } })).not.toThrow();
  });
});

describe("released predictor", () => {
  it("does not undo the statistics of the whole space, unless the spec says so", () => {
    const given = (text: string) => releasedPredictor(mlpDefinition, parseSpec(text)).options;
    expect(given("mlp")).toEqual({ standardise: false });
    expect(given("mlp:standardise=true,width=9")).toEqual({ standardise: true, width: 9 });
    expect(releasedPredictor(ridgeDefinition, parseSpec("ridge")).options).toEqual({});
  });
});

describe("released improvement", () => {
  it("compares predictions with minus the smallest label and trusts them five times as much", () => {
    const prediction = { mean: Float64Array.of(1, 2), standardDeviation: Float64Array.of(5, 10) };
    const quirk = releasedImprovement(prediction, Float64Array.of(-3, 0.5, 1));
    expect(quirk.best).toBe(3);
    expect([...quirk.prediction.standardDeviation!]).toEqual([1, 2]);
    expect(quirk.prediction.mean).toEqual(prediction.mean);
  });

  it("is what the strategy uses, and only where asked to", async () => {
    const suggestions = async (options: string): Promise<number[]> => {
      const context = { catalogue, features, generator: createGenerator(1) };
      const strategy = createStrategy(
        `weaknas:predictor=random-forest(trees=20),acquisition=expected-improvement${options}`,
        { ...context, labelStatistics: { mean: 82.5, standardDeviation: 8 } },
      );
      await iterate(strategy, 10);
      return iterate(strategy, 10);
    };
    expect(await suggestions(",released=true")).not.toEqual(await suggestions(""));
    expect(await suggestions(",released=false")).toEqual(await suggestions(""));
  });
});
