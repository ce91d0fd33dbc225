import { describe, expect, it } from "vitest";
import { registerStandIn, standInCalls } from "../../test/standInPredictor.js";
import { createMatrix } from "../kernels/matrix.js";
import { largest } from "../kernels/topK.js";
import { createPredictor } from "../predictor/index.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { EstimationSource, Strategy, StrategyContext, StrategyState } from "./contract.js";
import { countEstimation } from "./countEstimation.js";
import { createFeatureSource } from "./features.js";
import { createStrategy } from "./index.js";

registerStandIn();

const space = createGridSpace(5, 4, true);
const catalogue = createCatalogue(space);
const features = createFeatureSource(catalogue);
const label = (id: number): number => catalogue.at(id).reduce((sum, level, gene) => sum + level * (gene + 1), 0);

/** A code that knows better than the linear model: what it says is the opposite of the label. */
function oppositeCodes(): EstimationSource & { readonly calls: number[][] } {
  const calls: number[][] = [];
  return {
    ...{ name: "opposite", length: 2, cost: 0.01, calls },
    async of(architectures) {
      calls.push(Array.from(architectures));
      const codes = createMatrix(architectures.length, 2);
      for (let row = 0; row < codes.rows; row++) codes.data[2 * row] = -label(architectures[row]);
      return codes;
    },
  };
}

function create(spec: string, changes: Partial<StrategyContext> = {}, state?: StrategyState): Strategy {
  return createStrategy(spec, { catalogue, features, generator: createGenerator(1), ...changes }, state);
}

async function ask(strategy: Strategy, count: number): Promise<number[]> {
  const suggested = await strategy.suggest(count);
  strategy.observe(suggested.map((architecture) => ({ architecture, label: label(architecture) })));
  return suggested;
}

async function askOneByOne(strategy: Strategy, count: number): Promise<number[]> {
  const asked: number[] = [];
  for (let query = 0; query < count; query++) asked.push(...(await ask(strategy, 1)));
  return asked;
}

function log(name: string): string[] {
  return standInCalls.get(name) ?? [];
}

describe("neural-predictor", () => {
  it("evaluates N at random, then the K best of a predictor fitted to them, then the next K of a new one", async () => {
    const strategy = create("neural-predictor:predictor=ridge,samples=40,evaluate=6");
    const known = await askOneByOne(strategy, 40);
    expect(known).toEqual(await create("random").suggest(40));
    for (let round = 0; round < 2; round++) {
      const predictor = createPredictor("ridge");
      await predictor.fit(features.of("one-hot", known), Float64Array.from(known, label), createGenerator(0));
      const { mean } = await predictor.predict(features.all("one-hot"));
      for (const id of known) mean[id] = Number.NEGATIVE_INFINITY;
      const asked = await askOneByOne(strategy, 6);
      expect(asked).toEqual([...largest(mean, 6)]);
      known.push(...asked);
    }
  });

  it("recommends the best of the space, known or not", async () => {
    const strategy = create("neural-predictor:predictor=ridge,samples=60");
    expect(await strategy.recommend?.()).toBeUndefined();
    await askOneByOne(strategy, 60);
    expect(label((await strategy.recommend?.())?.architecture ?? 0)).toBe(45);
  });
});

describe("siamese-nas", () => {
  it("follows the published schedule of batch top sampling", async () => {
    await askOneByOne(create("siamese-nas:predictor=stand-in(log=bts),samples=170,evaluate=30"), 200);
    const update = ["predict 102", "add 11", "train 9 8 21 0.001 continued"];
    expect(log("bts")).toEqual([
      ...["add 51", "train 40 8 21 0.001", "train 9 8 21 0.001"],
      ...Array.from({ length: 9 }, () => update).flat(),
      ...["predict 102", "add 20", "train 10 8 21 0.001 continued", "train 60 8 21 0.0001", "predict 1024"],
    ]);
  });

  it("asks codes only for what it learns from and for what it ranks again, for none twice", async () => {
    const codes = oppositeCodes();
    const estimation = countEstimation(codes);
    const strategy = create("siamese-nas:predictor=stand-in(log=codes),samples=20,bts=false,evaluate=5,fine=60", {
      estimation,
    });
    const samples = await askOneByOne(strategy, 20);
    expect(codes.calls).toEqual([]);
    await askOneByOne(strategy, 5);
    expect(codes.calls.map((asked) => asked.length)).toEqual([20, 60]);
    expect(codes.calls[0]).toEqual(samples);
    expect(estimation.asked).toBe(80);
    expect(log("codes")).toEqual(["add 20 with codes of 2", "train 40", "predict 1024", "predict 60 fine"]);
    await askOneByOne(strategy, 5);
    expect(codes.calls.flat()).toHaveLength(new Set(codes.calls.flat()).size);
  });

  it("recommends without asking for a code: with those that are known", async () => {
    const codes = oppositeCodes();
    const strategy = create("siamese-nas:predictor=stand-in(log=recommend),samples=20,bts=false,evaluate=5,fine=60", {
      estimation: codes,
    });
    await askOneByOne(strategy, 25);
    const asked = codes.calls.length;
    const state = JSON.stringify(strategy.state());
    expect(await strategy.recommend?.()).toBeDefined();
    expect(log("recommend").slice(-4)).toEqual([
      ...["add 25 with codes of 2", "train 40", "predict 1024", "predict 60 fine"],
    ]);
    expect(codes.calls).toHaveLength(asked);
    expect(JSON.stringify(strategy.state())).toBe(state);
  });

  it("evaluates the best by code of the coarse best", async () => {
    const fine = await askOneByOne(
      create("siamese-nas:predictor=stand-in,samples=60,bts=false,evaluate=60,fine=60", {
        estimation: oppositeCodes(),
      }),
      120,
    );
    const coarse = await askOneByOne(create("siamese-nas:predictor=stand-in,samples=60,bts=false,evaluate=60"), 120);
    expect(fine.slice(60).sort()).toEqual(coarse.slice(60).sort());
    const labels = fine.slice(60).map(label);
    expect(labels).toEqual([...labels].sort((a, b) => a - b));
  });

  it("chooses each update among a tenth of the space, and ranks 30 of it again", async () => {
    const codes = oppositeCodes();
    const spec = "siamese-nas:predictor=stand-in(log=tenth),samples=30,updates=2,evaluate=5";
    await askOneByOne(create(spec, { estimation: codes }), 35);
    expect(log("tenth").filter((call) => call.startsWith("predict"))).toEqual([
      ...["predict 102", "predict 30 fine", "predict 102", "predict 30 fine", "predict 1024", "predict 60 fine"],
    ]);
  });

  it("repeats its training to go on from a state, with the codes that it had", async () => {
    const spec = "siamese-nas:predictor=stand-in,samples=40,updates=4,evaluate=10";
    const uninterrupted = await askOneByOne(create(spec, { estimation: oppositeCodes() }), 60);
    const resumed: number[] = [];
    let state: StrategyState | undefined;
    const codes = oppositeCodes();
    while (resumed.length < 60) {
      const strategy = create(spec, { estimation: codes }, state);
      resumed.push(...(await askOneByOne(strategy, 3)));
      state = JSON.parse(JSON.stringify(strategy.state()));
    }
    expect(resumed).toEqual(uninterrupted);
    expect(codes.calls.flat()).toHaveLength(new Set(codes.calls.flat()).size);
    const other = { ...oppositeCodes(), name: "losses" };
    expect(() => create(spec, { estimation: other }, state)).toThrow(/holds estimation codes "opposite"/);
  });

  it("gives what it proposed, and trains anew, after a training that failed", async () => {
    let isBroken = true;
    const codes = oppositeCodes();
    const estimation: EstimationSource = {
      ...codes,
      of: (ids) => (isBroken ? Promise.reject(new Error("no code")) : codes.of(ids)),
    };
    const spec = "siamese-nas:predictor=stand-in,samples=20,updates=2,evaluate=5";
    const strategy = create(spec, { estimation });
    const known = await ask(strategy, 4);
    await expect(strategy.suggest(5)).rejects.toThrow("no code");
    isBroken = false;
    const after = await ask(strategy, 5);
    const sound = create(spec, { estimation: oppositeCodes() });
    expect([known, after]).toEqual([await ask(sound, 4), await ask(sound, 5)]);
    expect(await askOneByOne(strategy, 30)).toEqual(await askOneByOne(sound, 30));
  });

  it("works in spaces that cannot be listed", async () => {
    const large = createCatalogue(createGridSpace(12, 6, false));
    const context = { catalogue: large, features: createFeatureSource(large), generator: createGenerator(1) };
    const strategy = createStrategy("siamese-nas:predictor=stand-in,samples=60,evaluate=10", context);
    const score = (id: number): number => large.at(id).reduce((sum, level) => sum + level, 0);
    const asked: number[] = [];
    for (let query = 0; query < 70; query++) {
      const [id] = await strategy.suggest(1);
      strategy.observe([{ architecture: id, label: score(id) }]);
      asked.push(score(id));
    }
    // Uniform draws have a mean of 30.
    expect(Math.min(...asked.slice(60))).toBeGreaterThan(45);
  });

  it("refuses batch top sampling with a predictor that cannot be trained in stages", () => {
    expect(() => create("siamese-nas:predictor=ridge")).toThrow(/ridge cannot be trained in stages/);
  });
});

describe("brp-nas", () => {
  it("trains on with more epochs and larger batches, half greedily, half from the shrinking top", async () => {
    const strategy = create("brp-nas:predictor=stand-in(log=brp),samples=50,evaluate=10");
    const known = await askOneByOne(strategy, 50);
    await askOneByOne(strategy, 10);
    expect(log("brp").filter((call) => call.startsWith("train"))).toEqual([
      "train 50 12",
      "train 100 24",
      "train 150 36",
      "train 200 48",
      "train 250 60",
    ]);
    const meanOf = (ids: readonly number[]) => ids.reduce((sum, id) => sum + label(id), 0) / ids.length;
    // The whole space has a mean of 22.5 and a maximum of 45.
    for (let iteration = 1; iteration < 5; iteration++) {
      const chosen = known.slice(10 * iteration, 10 * iteration + 10);
      expect(meanOf(chosen.slice(0, 5))).toBeGreaterThan(meanOf(chosen.slice(5)));
      expect(meanOf(chosen.slice(5))).toBeGreaterThan(22.5);
    }
  });
});
