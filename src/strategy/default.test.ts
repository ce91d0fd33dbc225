import { describe, expect, test } from "vitest";
import { createGenerator } from "../random/index.js";
import { type Catalogue, createCatalogue } from "../space/catalogue.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import { createChoiceSpace } from "../space/index.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { Strategy } from "./contract.js";
import { createFeatureSource } from "./features.js";
import { createStrategy } from "./index.js";

interface Subject {
  readonly catalogue: Catalogue;
  readonly strategy: Strategy;
}

function begin(space: SearchSpace, options = "", seed = 1): Subject {
  const catalogue = createCatalogue(space);
  const context = { catalogue, features: createFeatureSource(catalogue), generator: createGenerator(seed) };
  return { catalogue, strategy: createStrategy(`default${options}`, context) };
}

/** Asks and tells until so many are known; gives them in order. */
async function search(
  { catalogue, strategy }: Subject,
  queries: number,
  label: (architecture: Architecture) => number,
  batch = 5,
): Promise<number[]> {
  const asked: number[] = [];
  while (asked.length < queries) {
    const suggested = await strategy.suggest(Math.min(batch, queries - asked.length));
    strategy.observe(suggested.map((architecture) => ({ architecture, label: label(catalogue.at(architecture)) })));
    asked.push(...suggested);
  }
  return asked;
}

const grid = createGridSpace(5, 4, true);
/** Best at level 2 of each gene, with an interaction; the optimum is 0. */
const hill = (architecture: Architecture): number =>
  0 -
  architecture.reduce((sum, level, gene) => sum + (level - 2) ** 2 * (1 + gene / 5), 0) -
  (architecture[0] === architecture[1] ? 0 : 0.5);

describe("default", () => {
  test("finds the best of 1,024 in few queries, on any seed", async () => {
    for (const seed of [1, 2, 3, 4]) {
      const subject = begin(grid, "", seed);
      const asked = await search(subject, 60, hill);
      expect(Math.max(...asked.map((id) => hill(subject.catalogue.at(id))))).toBe(0);
    }
  });

  test.each([1e-9, 1e12, 1e-200, 1e200])("finds it whatever the unit of the labels: %d", async (unit) => {
    const subject = begin(grid);
    const label = (architecture: Architecture): number => unit * hill(architecture);
    const asked = await search(subject, 60, label);
    expect(Math.max(...asked.map((id) => hill(subject.catalogue.at(id))))).toBe(0);
    const { predicted } = (await subject.strategy.recommend?.())!;
    expect(Math.abs(predicted!.mean)).toBeLessThan(unit * 10);
  });

  describe("where architectures of a list compute the same", () => {
    const sorted = (architecture: Architecture): Architecture => architecture.slice().sort();
    const { views, ...rest } = createGridSpace(3, 4, true);
    // Of equal costs, or none would be a twin.
    const merging: SearchSpace = { ...rest, views: { parameters: views.parameters! }, canonical: sorted };
    const sum = (architecture: Architecture): number => architecture.reduce((total, level) => total + level ** 2, 0);
    /** 64 entries, 20 functions. */
    const functionsOf = async (options: string, queries: number): Promise<string[]> => {
      const subject = begin(merging, options);
      const asked = await search(subject, queries, sum, 1);
      expect(new Set(asked).size).toBe(queries);
      return asked.map((id) => sorted(subject.catalogue.at(id)).join());
    };

    test("evaluates each function once before it evaluates another twin", async () => {
      // The start may meet some twice.
      const found = await functionsOf("", 64);
      const start = new Set(found.slice(0, 5)).size;
      expect(new Set(found.slice(0, 5 + 20 - start)).size).toBe(20);
      expect(new Set(await functionsOf(":twins=true", 25)).size).toBeLessThan(20);
    });
  });

  test("explains its start, then what it exploits and explores, in the unit of the labels", async () => {
    const subject = begin(grid);
    const asked = await search(subject, 40, (architecture) => 1_000 + hill(architecture));
    const explanations = asked.map((id) => subject.strategy.explain!(id)!);
    expect(explanations.slice(0, 5).map(({ reason }) => reason)).toEqual(Array(5).fill("start"));
    for (const { reason, predicted } of explanations.slice(5)) {
      expect(["exploit", "explore"]).toContain(reason);
      expect(Math.abs(predicted!.mean - 1_000)).toBeLessThan(60);
      expect(predicted!.standardDeviation).toBeGreaterThan(0);
    }
  });

  test("searches 10^19 architectures under constraints, and numbers no more than it suggests", async () => {
    const levels = { range: { from: 0, to: 9 } };
    const space = createChoiceSpace({
      name: "huge",
      parameters: Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`p${i}`, levels])),
      constraints: ["p0 + p1 <= 12", "p2 * p3 <= 40", "p4 + p5 + p6 >= 6"],
      cost: { work: "1 + p0 + p1 + p2 + p3" },
    });
    expect(space.enumeration).toBeUndefined();
    const subject = begin(space, ":sample=300,mutations=300,finalists=100");
    const label = (architecture: Architecture): number => architecture.reduce((sum, level) => sum + level, 0);
    const asked = await search(subject, 60, label);
    expect(new Set(asked).size).toBe(60);
    expect(subject.catalogue.size).toBe(60);
    const drawn = createGenerator("drawn");
    const best = Math.max(...asked.map((id) => label(subject.catalogue.at(id))));
    const byLuck = Math.max(...Array.from({ length: 3_000 }, () => label(space.sample(drawn))));
    expect(best).toBeGreaterThan(byLuck);
    for (const id of asked) {
      const [p0, p1, p2, p3, p4, p5, p6] = subject.catalogue.at(id);
      expect(p0 + p1 <= 12 && p2 * p3 <= 40 && p4 + p5 + p6 >= 6).toBe(true);
    }
  });

  test("works on costs alone", async () => {
    const { views: _, ...unseen } = grid;
    const space: SearchSpace = {
      ...unseen,
      views: {
        cost: {
          metrics: [{ name: "work", unit: "" }],
          write: (architecture, values) => {
            values[0] = architecture.reduce((sum, level) => sum + level, 0);
          },
        },
      },
    };
    const subject = begin(space);
    const label = (architecture: Architecture): number =>
      -Math.abs(architecture.reduce((sum, level) => sum + level, 0) - 9) - architecture[0] / 100;
    const asked = await search(subject, 40, label);
    expect(new Set(asked).size).toBe(40);
    expect(Math.max(...asked.map((id) => label(subject.catalogue.at(id))))).toBeGreaterThan(-0.02);
  });

  test("refuses a space in which there is nothing to see", () => {
    expect(() => begin({ ...grid, views: {} })).toThrow(/views has nothing to read/);
  });

  test("learns from 200 results that it is told before it is asked, and starts nothing", async () => {
    const subject = begin(grid);
    const { catalogue, strategy } = subject;
    const told = createGenerator("told").choose(200, catalogue.size);
    strategy.observe(Array.from(told, (architecture) => ({ architecture, label: hill(catalogue.at(architecture)) })));
    const asked = await search(subject, 5, hill);
    for (const id of asked) {
      expect(told).not.toContain(id);
      expect(strategy.explain!(id)!.reason).not.toBe("start");
    }
    expect(Math.max(...asked.map((id) => hill(catalogue.at(id))))).toBe(0);
  });

  test("is asked one by one while nothing is known, then while results come late", async () => {
    const { catalogue, strategy } = begin(grid);
    const waiting: number[] = [];
    for (let i = 0; i < 30; i++) waiting.push(...(await strategy.suggest(1)));
    expect(new Set(waiting).size).toBe(30);
    for (const id of waiting) expect(strategy.explain!(id)!.reason).toBe("start");
    const asked = [...waiting];
    for (let i = 0; i < 40; i++) {
      const late = waiting.shift()!;
      strategy.observe([{ architecture: late, label: hill(catalogue.at(late)) }]);
      const next = await strategy.suggest(1);
      waiting.push(...next);
      asked.push(...next);
    }
    expect(new Set(asked).size).toBe(70);
    // Each choice knows that 30 others are pending.
    expect(Math.max(...asked.map((id) => hill(catalogue.at(id))))).toBeGreaterThan(-1);
  });

  test("starts above the cheapest while nothing has failed, then everywhere", async () => {
    const levels = Array.from({ length: 50 }, (_, level) => level);
    const space = createChoiceSpace({
      name: "costed",
      parameters: { a: levels, b: [0, 1, 2, 3] },
      cost: { work: "a" },
    });
    const { catalogue, strategy } = begin(space);
    const waiting: number[] = [];
    for (let i = 0; i < 20; i++) waiting.push(...(await strategy.suggest(1)));
    const cheapest = (asked: readonly number[]): number => Math.min(...asked.map((id) => catalogue.at(id)[0]));
    // The cheapest 30 % of 1,000 draws end near level 15.
    expect(cheapest(waiting)).toBeGreaterThanOrEqual(12);
    strategy.observe([{ architecture: waiting[0], label: Number.NaN }]);
    const further: number[] = [];
    for (let i = 0; i < 20; i++) further.push(...(await strategy.suggest(1)));
    expect(cheapest(further)).toBeLessThan(12);
  });

  test.each([1, 2, 3, 4])("avoids what resembles failures, though all the rest points there: seed %d", async (seed) => {
    const subject = begin(grid, "", seed);
    const fails = (architecture: Architecture): boolean => architecture[4] === 3;
    const label = (architecture: Architecture): number =>
      fails(architecture) ? Number.NaN : hill(architecture) + 5 * architecture[4];
    const asked = await search(subject, 60, label);
    const failed = asked.filter((id) => fails(subject.catalogue.at(id)));
    // A quarter of the space, and the most promising by far.
    expect(failed.length).toBeLessThan(20);
    const recommended = await subject.strategy.recommend?.();
    expect(failed).not.toContain(recommended!.architecture);
  });

  test("chooses all of a batch that is larger than its finalists", async () => {
    const subject = begin(grid, ":finalists=10");
    await search(subject, 10, hill);
    for (const id of await subject.strategy.suggest(40)) {
      expect(["exploit", "explore"]).toContain(subject.strategy.explain!(id)!.reason);
    }
  });
});

describe("the recommendation of default", () => {
  test("is none while nothing has succeeded", async () => {
    const { strategy } = begin(grid);
    expect(await strategy.recommend?.()).toBeUndefined();
    const asked = await strategy.suggest(5);
    expect(await strategy.recommend?.()).toBeUndefined();
    strategy.observe(asked.map((architecture) => ({ architecture, label: Number.NaN })));
    expect(await strategy.recommend?.()).toBeUndefined();
  });

  test("is the only success", async () => {
    const { strategy } = begin(grid);
    const [first, second] = await strategy.suggest(2);
    strategy.observe([
      { architecture: first, label: 3 },
      { architecture: second, label: Number.NaN },
    ]);
    expect(await strategy.recommend?.()).toMatchObject({ architecture: first, probabilityBest: 1 });
  });

  test("is one of the evaluated, and surer the less noise there is", async () => {
    const sureness: number[] = [];
    for (const noise of [0, 3]) {
      const subject = begin(grid);
      const dice = createGenerator("noise");
      const asked = await search(subject, 60, (architecture) => hill(architecture) + noise * dice.normal());
      const { architecture, predicted, probabilityBest } = (await subject.strategy.recommend?.())!;
      expect(asked).toContain(architecture);
      expect(Math.abs(predicted!.mean - hill(subject.catalogue.at(architecture)))).toBeLessThan(1 + 2 * noise);
      sureness.push(probabilityBest!);
    }
    expect(sureness[0]).toBeGreaterThan(sureness[1]);
  });

  test("is better than the best label where labels are noisy", async () => {
    let [recommended, byLabel] = [0, 0];
    for (let seed = 0; seed < 10; seed++) {
      const { catalogue, strategy } = begin(createGridSpace(4, 4, true), "", seed);
      const dice = createGenerator("noise").split(seed);
      const told = dice.choose(200, catalogue.size);
      const labels = Array.from(told, (id) => hill(catalogue.at(id)) + 1.5 * dice.normal());
      strategy.observe(labels.map((label, i) => ({ architecture: told[i], label })));
      recommended += hill(catalogue.at((await strategy.recommend?.())!.architecture));
      byLabel += hill(catalogue.at(told[labels.indexOf(Math.max(...labels))]));
    }
    expect(recommended).toBeGreaterThan(byLabel);
  });
});
