import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { type Catalogue, createCatalogue } from "../space/catalogue.js";
import type { Architecture } from "../space/contract.js";
import { paretoFront } from "../stats/paretoFront.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { Objective, Strategy } from "./contract.js";
import { createFeatureSource, createStrategy } from "./index.js";

const label: Objective = { name: "accuracy", direction: "maximise", unit: "" };
const price = (genes: Architecture): number => 1 + genes.reduce((sum, level) => sum + level, 0);
/** Grows with what is paid, and one gene is worth twice as much as the others. */
const worth = (genes: Architecture): number => Math.sqrt(price(genes) + 3 * genes[0] - genes[1]);

const known = (catalogue: Catalogue): Objective[] => [
  label,
  { name: "price", direction: "minimise", unit: "", known: (id) => price(catalogue.at(id)), knownFor: price },
];
const measured: Objective[] = [label, { name: "price", direction: "minimise", unit: "" }];

function begin(spec: string, catalogue: Catalogue, objectives: readonly Objective[] | undefined, seed = 1): Strategy {
  return createStrategy(spec, {
    catalogue,
    features: createFeatureSource(catalogue),
    generator: createGenerator(seed),
    ...(objectives === undefined ? {} : { objectives }),
  });
}

async function run(strategy: Strategy, catalogue: Catalogue, queries: number): Promise<number[]> {
  const asked: number[] = [];
  while (asked.length < queries) {
    const suggested = await strategy.suggest(5);
    asked.push(...suggested);
    strategy.observe(
      suggested.map((id) => {
        const genes = catalogue.at(id);
        return { architecture: id, label: worth(genes), values: [worth(genes), price(genes)] };
      }),
    );
  }
  return asked;
}

/** How many points of the best front were evaluated. */
function found(catalogue: Catalogue, asked: readonly number[]): number {
  const point = (id: number): [number, number] => [worth(catalogue.at(id)), price(catalogue.at(id))];
  const all = Array.from({ length: catalogue.size }, (_, id) => point(id));
  const best = new Set(paretoFront(all, ["maximise", "minimise"]).map((id) => all[id].join(" ")));
  return new Set(asked.map((id) => point(id).join(" ")).filter((key) => best.has(key))).size;
}

describe("strategies for several objectives", () => {
  const catalogue = createCatalogue(createGridSpace(4, 5, true));

  it.each([
    ["default", "known", 40],
    ["default", "measured", 40],
    ["nsga2", "known", 100],
  ])("%s finds more of a %s front than random search", async (spec, kind, queries) => {
    const objectives = kind === "known" ? known(catalogue) : measured;
    const seeds = [1, 2, 3];
    let [own, random] = [0, 0];
    for (const seed of seeds) {
      own += found(catalogue, await run(begin(spec, catalogue, objectives, seed), catalogue, queries));
      random += found(catalogue, await run(begin("random", catalogue, objectives, seed), catalogue, queries));
    }
    expect(own).toBeGreaterThan(random);
  });

  it("default recommends no single architecture", async () => {
    const strategy = begin("default", catalogue, known(catalogue));
    await run(strategy, catalogue, 10);
    expect(await strategy.recommend?.()).toBeUndefined();
  });

  it("default numbers no candidate of a large space but those that it suggests", async () => {
    const large = createCatalogue(createGridSpace(10, 6, false));
    const strategy = begin("default", large, known(large));
    const asked = await run(strategy, large, 20);
    expect(large.size).toBe(asked.length);
  });

  it("nsga2 climbs with one objective", async () => {
    const asked = await run(begin("nsga2", catalogue, undefined), catalogue, 120);
    const best = Math.max(...asked.map((id) => worth(catalogue.at(id))));
    const top = Math.max(...Array.from({ length: catalogue.size }, (_, id) => worth(catalogue.at(id))));
    expect(best).toBe(top);
  });

  it("others refuse them in one sentence", () => {
    for (const spec of ["weaknas", "regularized-evolution", "local-search", "neural-predictor"]) {
      expect(() => begin(spec, catalogue, known(catalogue))).toThrow(/best label only.*accuracy, price/);
    }
    expect(() => begin("default:codes=true", catalogue, known(catalogue))).toThrow(/codes=true/);
  });
});
