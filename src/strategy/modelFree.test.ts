import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { Strategy, StrategyDefinition } from "./contract.js";
import { createFeatureSource } from "./features.js";
import { localSearchDefinition } from "./localSearch.js";
import { randomDefinition } from "./random.js";
import { regularizedEvolutionDefinition } from "./regularizedEvolution.js";

const space = createGridSpace(5, 4, true);
const catalogue = createCatalogue(space);

function create(definition: StrategyDefinition, options: Record<string, unknown> = {}, seed = 1): Strategy {
  const context = { catalogue, features: createFeatureSource(catalogue), generator: createGenerator(seed) };
  return definition.create(context, definition.options.parse(options));
}

/** One optimum, [3,3,3,3,3], and every step towards it improves. */
const climb = (id: number): number => catalogue.at(id).reduce((sum, level) => sum + level, 0);

async function run(strategy: Strategy, queries: number, label = climb): Promise<number[]> {
  const asked: number[] = [];
  for (let query = 0; query < queries; query++) {
    const [id] = await strategy.suggest(1);
    asked.push(id);
    strategy.observe([{ architecture: id, label: label(id) }]);
  }
  return asked;
}

function distance(first: number, second: number): number {
  const other = catalogue.at(second);
  return catalogue.at(first).reduce((sum, level, gene) => sum + (level === other[gene] ? 0 : 1), 0);
}

describe("random", () => {
  it("gives one sequence for any batch size", async () => {
    const one = await run(create(randomDefinition), 40);
    const strategy = create(randomDefinition);
    const many = [...(await strategy.suggest(7)), ...(await strategy.suggest(13)), ...(await strategy.suggest(20))];
    expect(many).toEqual(one);
  });

  it("draws uniformly", async () => {
    const times = new Float64Array(Number(space.size));
    for (let seed = 0; seed < 400; seed++) {
      for (const id of await create(randomDefinition, {}, seed).suggest(64)) times[id]++;
    }
    // 400 runs of 64 of 1,024: each 25 times on average, standard deviation 4.8.
    expect(Math.min(...times)).toBeGreaterThan(4);
    expect(Math.max(...times)).toBeLessThan(50);
  });
});

describe("local search", () => {
  it("climbs along neighbours to the optimum", async () => {
    const asked = await run(create(localSearchDefinition, { init: 1 }), 60);
    expect(asked.slice(0, 60).some((id) => climb(id) === 15)).toBe(true);
    let centre = asked[0];
    for (const id of asked.slice(1, asked.findIndex((found) => climb(found) === 15) + 1)) {
      expect(distance(id, centre)).toBe(1);
      if (climb(id) > climb(centre)) centre = id;
    }
  });

  it("starts anew at a local optimum, once all neighbours are evaluated", async () => {
    const asked = await run(create(localSearchDefinition, { init: 1 }), 17, (id) => (id === 100 ? 1 : 0));
    // 15 neighbours around the start, none better; then a fresh start.
    expect(asked.slice(1, 16).map((id) => distance(id, asked[0]))).toEqual(Array(15).fill(1));
    expect(distance(asked[16], asked[0])).toBeGreaterThan(1);
  });

  it("looks at the whole neighbourhood where asked to", async () => {
    const asked = await run(create(localSearchDefinition, { init: 1, fullNeighbourhood: true }), 17);
    expect(asked.slice(1, 16).map((id) => distance(id, asked[0]))).toEqual(Array(15).fill(1));
    const best = Math.max(...asked.slice(0, 16).map(climb));
    expect(asked.slice(0, 16).some((id) => climb(id) === best && distance(id, asked[16]) === 1)).toBe(true);
  });

  it("starts from the best of the first draws, or of what it was told", async () => {
    const asked = await run(create(localSearchDefinition, { init: 6 }), 7);
    const best = Math.max(...asked.slice(0, 6).map(climb));
    expect(asked.slice(0, 6).some((id) => climb(id) === best && distance(id, asked[6]) === 1)).toBe(true);

    const warm = create(localSearchDefinition, { init: 2 });
    warm.observe([10, 900].map((architecture) => ({ architecture, label: climb(architecture) })));
    const [next] = await warm.suggest(1);
    expect(distance(next, climb(10) > climb(900) ? 10 : 900)).toBe(1);
  });
});

describe("regularized evolution", () => {
  it("mutates the best of the population where the tournament takes everybody", async () => {
    // So many genes that a child is never one that was seen before.
    const wide = createCatalogue(createGridSpace(40, 6, false));
    const context = { catalogue: wide, features: createFeatureSource(wide), generator: createGenerator(1) };
    const strategy = regularizedEvolutionDefinition.create(context, { population: 5, tournament: 5 });
    const sum = (id: number): number => wide.at(id).reduce((total, level) => total + level, 0);
    const asked = await run(strategy, 40, sum);
    for (let query = 5; query < 40; query++) {
      const alive = asked.slice(query - 5, query);
      const parent = alive.reduce((best, id) => (sum(id) > sum(best) ? id : best));
      const genes = wide.at(parent);
      expect(wide.at(asked[query]).filter((level, gene) => level !== genes[gene])).toHaveLength(1);
    }
  });

  it("lets a child that was evaluated before join again without a query", async () => {
    const strategy = create(regularizedEvolutionDefinition, { population: 2, tournament: 2 });
    let older = 0;
    for (let query = 0; query < 60; query++) {
      const [architecture] = await strategy.suggest(1);
      strategy.observe([{ architecture, label: 1 }]);
      const { alive } = strategy.state() as { alive: number[] };
      if (alive.some((position) => position < query - 3)) older++;
    }
    expect(older).toBeGreaterThan(0);
  });

  it("lets the oldest die, however good", async () => {
    const strategy = create(regularizedEvolutionDefinition, { population: 4, tournament: 4 });
    const [champion] = await strategy.suggest(1);
    strategy.observe([{ architecture: champion, label: 1000 }]);
    const asked = await run(strategy, 12);
    // Three random ones fill the population; the next is the champion's child, and with it the champion is gone.
    expect(distance(asked[3], champion)).toBe(1);
    const best = Math.max(...asked.slice(0, 4).map(climb));
    expect(asked.slice(0, 4).some((id) => climb(id) === best && distance(id, asked[4]) === 1)).toBe(true);
  });

  it("never breeds from failures", async () => {
    const strategy = create(regularizedEvolutionDefinition, { population: 3, tournament: 1 });
    const first = await strategy.suggest(3);
    strategy.observe(first.map((architecture, place) => ({ architecture, label: place === 1 ? 1 : Number.NaN })));
    for (const child of await strategy.suggest(5)) expect(distance(child, first[1])).toBe(1);
  });

  it("finds the optimum of a smooth space far sooner than random search", async () => {
    const found = async (definition: StrategyDefinition): Promise<number> => {
      let total = 0;
      for (let seed = 0; seed < 10; seed++) {
        const place = (await run(create(definition, {}, seed), 300)).findIndex((id) => climb(id) === 15);
        total += place < 0 ? 300 : place;
      }
      return total;
    };
    expect(await found(regularizedEvolutionDefinition)).toBeLessThan((await found(randomDefinition)) / 2);
  });
});

describe("in a space too large to be listed, architectures that compute the same function", () => {
  const sorted = (architecture: Int32Array): Int32Array => architecture.toSorted();
  const merging = { ...createGridSpace(3, 3, false), canonical: sorted };

  for (const definition of [randomDefinition, localSearchDefinition, regularizedEvolutionDefinition]) {
    it(`are one for ${definition.name}`, async () => {
      const merged = createCatalogue(merging);
      const context = { catalogue: merged, features: createFeatureSource(merged), generator: createGenerator(1) };
      const strategy = definition.create(context, definition.options.parse({}));
      const seen: string[] = [];
      for (;;) {
        const suggested = await strategy.suggest(2);
        if (suggested.length === 0) break;
        strategy.observe(suggested.map((architecture) => ({ architecture, label: merged.at(architecture)[0] })));
        for (const id of suggested) seen.push(sorted(merged.at(id)).join(""));
      }
      // 27 architectures, 10 multisets of three of three levels.
      expect(new Set(seen).size).toBe(10);
      expect(seen).toHaveLength(10);
    });
  }
});
