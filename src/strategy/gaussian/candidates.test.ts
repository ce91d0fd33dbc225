import { describe, expect, test } from "vitest";
import { type Matrix, takeRows } from "../../kernels/matrix.js";
import { groupsOf } from "../../predictor/gaussian/groups.js";
import { createGaussianProcess } from "../../predictor/gaussian/process.js";
import { createGenerator } from "../../random/index.js";
import { createCatalogue } from "../../space/catalogue.js";
import type { SearchSpace } from "../../space/contract.js";
import { createTinyNasBench201 } from "../../space/index.js";
import { createGridSpace } from "../conformanceSpace.js";
import { createFeatureSource } from "../features.js";
import { createHistory } from "../history.js";
import {
  type CandidateOptions,
  type Expectation,
  finalistsOfSample,
  finalistsOfSpace,
  type Judge,
  judgeSpace,
  scoresOf,
} from "./candidates.js";
import type { Feasibility } from "./feasibility.js";
import { ENCODING, HistoryModel } from "./model.js";

const options: CandidateOptions = { sample: 200, mutations: 200, parents: 5, rounds: 3, finalists: 40 };

/** A space of which some are evaluated and some are pending. */
function searched(space: SearchSpace, evaluated: number, pending = 0) {
  const catalogue = createCatalogue(space);
  const features = createFeatureSource(catalogue);
  const history = createHistory(catalogue);
  const generator = createGenerator("searched");
  for (let i = 0; i < evaluated + pending; i++) {
    const id = catalogue.idOf(space.sample(generator));
    history.propose(id);
    const label = catalogue.at(id).reduce((sum, level) => sum + level, 0);
    if (i < evaluated) history.observe([{ architecture: id, label }]);
  }
  const { process, means } = new HistoryModel(history, features, {
    emphasis: true,
    experience: true,
    without: [],
  }).fit()!;
  const expectation: Expectation = {
    opinions: [{ process, weight: 1, best: Math.max(...means), improvementNoise: process.noise }],
    tellsTwins: false,
  };
  return { catalogue, features, history, process, expectation };
}

describe("finalists of a sample", () => {
  const large = createGridSpace(12, 6, false);

  test("are none that is known, none twice, and numbered only when they are chosen", () => {
    // A space so small that draws meet what is known all the time.
    const subject = searched(createGridSpace(3, 4, false), 20, 15);
    const { history, expectation, catalogue } = subject;
    const known = catalogue.size;
    const { pool, rows } = finalistsOfSample(expectation, history, options, createGenerator(1));
    expect(catalogue.size).toBe(known);
    expect(new Set(rows).size).toBe(rows.length);
    const ids = Array.from(rows, pool.idOf);
    expect(new Set(ids).size).toBe(rows.length);
    expect(ids.some(history.has)).toBe(false);
    // All that are left of 64 are found.
    expect(rows.length).toBe(Math.min(options.finalists, 64 - history.size));
  });

  test("are better after rounds of refinement", () => {
    const { history, process, expectation } = searched(large, 40);
    const bestMean = (rounds: number): number => {
      const { pool, rows } = finalistsOfSample(expectation, history, { ...options, rounds }, createGenerator(1));
      expect(rows.length).toBe(options.finalists);
      return Math.max(...process.mean(pool.features, rows));
    };
    expect(bestMean(3)).toBeGreaterThan(bestMean(0));
  });

  test("are the most promising first, the same from the same generator", () => {
    const { history, expectation } = searched(large, 30);
    const find = (seed: number) => finalistsOfSample(expectation, history, options, createGenerator(seed));
    const { pool, rows } = find(1);
    expect(find(1).rows).toEqual(rows);
    expect(find(1).pool.features.data).toEqual(pool.features.data);
    expect(find(2).pool.features.data).not.toEqual(pool.features.data);
  });

  test("are there without mutations, and none where everything is known", () => {
    const { history, expectation } = searched(large, 10);
    const drawn = { ...options, mutations: 0, rounds: 0 };
    expect(finalistsOfSample(expectation, history, drawn, createGenerator(1)).rows).toHaveLength(40);
    const tiny = searched(createGridSpace(1, 2, false), 30);
    const none = finalistsOfSample(tiny.expectation, tiny.history, options, createGenerator(1));
    expect(none.rows).toHaveLength(0);
  });
});

describe("finalists of a space", () => {
  describe("in which architectures compute the same", () => {
    const { catalogue, history, features, expectation } = searched(createTinyNasBench201(), 30);
    const { canonical, distinct, views } = catalogue.space;
    const costs = new Float64Array(views.cost!.metrics.length);
    const keyOf = (id: number): string => {
      views.cost!.write(catalogue.at(id), costs);
      return `${distinct!(canonical(catalogue.at(id))).join()} at ${costs.join()}`;
    };
    const known = new Set(Array.from({ length: history.size }, (_, position) => keyOf(history.at(position))));
    const find = async (tellsTwins: boolean): Promise<string[]> => {
      const sizes = { ...options, finalists: catalogue.size };
      const expected = { ...expectation, tellsTwins };
      const { rows } = await finalistsOfSpace(expected, history, features, sizes, createGenerator(1));
      return Array.from(rows, keyOf);
    };

    test("have one of each function at its costs of which nothing is known", async () => {
      const found = await find(false);
      const all = new Set(Array.from({ length: catalogue.size }, (_, id) => keyOf(id)));
      expect(new Set(found)).toEqual(new Set([...all].filter((key) => !known.has(key))));
      expect(found).toHaveLength(all.size - known.size);
    });

    test("have all of them where a model tells them apart", async () => {
      const found = await find(true);
      expect(found).toHaveLength(catalogue.size - history.size);
      expect(found.some((one) => known.has(one))).toBe(true);
    });
  });

  test("are the unknown ones with the largest chance, equal ones by lot", async () => {
    const { history, features, expectation } = searched(createGridSpace(4, 4, true), 20, 5);
    const find = (seed: number) => finalistsOfSpace(expectation, history, features, options, createGenerator(seed));
    const { pool, rows } = await find(1);
    expect(rows).toHaveLength(40);
    expect(Array.from(rows).some(history.has)).toBe(false);
    expect(Array.from(rows, pool.idOf)).toEqual(Array.from(rows));
    expect((await find(1)).rows).toEqual(rows);
  });

  test("are compared by doubt among the best means only, where the space is large", async () => {
    const { history, features, process, expectation } = searched(createGridSpace(8, 4, true), 30);
    const { rows } = await finalistsOfSpace(expectation, history, features, options, createGenerator(1));
    const mean = process.mean(features.all(ENCODING));
    const border = mean.toSorted()[mean.length - 10_000 - history.size];
    for (const row of rows) expect(mean[row]).toBeGreaterThanOrEqual(border);
  });

  test("differ by their chance to succeed where that reads what the model does not", () => {
    const { features, expectation } = searched(createTinyNasBench201(), 30);
    const rows = features.all(ENCODING);
    const [paths, summary] = groupsOf(rows);
    const process = createGaussianProcess({ groups: [summary], columns: rows.columns });
    process.add(takeRows(rows, [3, 141, 592]));
    process.fit(Float64Array.of(-1, 0, 1));
    const chanceOf = (pool: Matrix, row: number): number => pool.data[row * pool.columns + paths.start] - 100;
    const feasibility: Feasibility = {
      groups: [paths],
      logChances: (pool, asked) =>
        Float64Array.from({ length: asked?.length ?? pool.rows }, (_, i) => chanceOf(pool, asked?.[i] ?? i)),
      leanings: async (pool) => new Float64Array(pool.rows),
    };
    const opinions = [{ ...expectation.opinions[0], process }] as const;
    const scores = scoresOf({ ...expectation, opinions, feasibility }, rows);
    const plain = scoresOf({ ...expectation, opinions }, rows);
    const expected = plain.map((score, row) => score + chanceOf(rows, row));
    expect(new Set(expected).size).toBeGreaterThan(new Set(plain).size);
    expect(scores).toEqual(expected);
  });

  test("are those with the best outlook, none scored alone, where few can be compared after many observations", async () => {
    const { history, features } = searched(createGridSpace(6, 4, true), 30);
    const judge: Judge = {
      observations: 3_000,
      tellsTwins: false,
      scores: () => {
        throw new Error("They are to be compared together.");
      },
      outlook: async (rows) => Float64Array.from({ length: rows.rows }, (_, row) => row % 1_000),
      parents: () => [],
    };
    const find = (seed: number) => judgeSpace(judge, history, features, options, createGenerator(seed));
    const { rows } = await find(1);
    expect(rows).toHaveLength(500);
    const outlooks = Array.from(rows, (row) => row % 1_000);
    expect(outlooks).toEqual(outlooks.toSorted((a, b) => b - a));
    expect(outlooks.at(-1)).toBeGreaterThanOrEqual(870);
    expect((await find(1)).rows).toEqual(rows);
    // Equal ones by lot.
    expect((await find(2)).rows).not.toEqual(rows);
  });
});
