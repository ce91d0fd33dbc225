import { describe, expect, it } from "vitest";
import { createMatrix } from "../kernels/matrix.js";
import { createGenerator } from "../random/index.js";
import { type Catalogue, createCatalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import { strategyConformance } from "./conformance.js";
import { createGridSpace } from "./conformanceSpace.js";
import type { EstimationSource, Strategy, StrategyContext, StrategyDefinition, StrategyState } from "./contract.js";
import { countEstimation } from "./countEstimation.js";
import { defaultDefinition } from "./default.js";
import { createFeatureSource } from "./features.js";
import { createStrategy } from "./index.js";

type Label = (id: number) => number;

/** A source whose code is the label itself, and that notes what it is asked. */
function knowing(label: Label): EstimationSource & { readonly calls: number[][] } {
  const calls: number[][] = [];
  return {
    ...{ name: "knowing", length: 1, cost: 0.01, calls },
    async of(architectures) {
      calls.push(Array.from(architectures));
      const codes = createMatrix(architectures.length, 1);
      for (let row = 0; row < codes.rows; row++) codes.data[row] = label(architectures[row]);
      return codes;
    },
  };
}

/** A slope that views tell, and more that nothing but the label itself tells. */
function labelOf(catalogue: Catalogue): Label {
  return (id) =>
    catalogue.at(id).reduce((sum, level) => sum + level, 0) +
    3 *
      createGenerator("own")
        .split(catalogue.space.format(catalogue.at(id)))
        .normal();
}

const listed = createCatalogue(createGridSpace(5, 4, true));
const label = labelOf(listed);
const features = createFeatureSource(listed);

function create(spec: string, changes: Partial<StrategyContext> = {}, state?: StrategyState): Strategy {
  return createStrategy(spec, { catalogue: listed, features, generator: createGenerator(1), ...changes }, state);
}

async function ask(strategy: Strategy, rounds: number, batch = 5, read: Label = label): Promise<number[]> {
  const asked: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const suggested = await strategy.suggest(batch);
    strategy.observe(suggested.map((architecture) => ({ architecture, label: read(architecture) })));
    asked.push(...suggested);
  }
  return asked;
}

describe("default with estimation codes", () => {
  it("needs fewer queries where a code tells what the views do not", async () => {
    const best = Math.max(...Array.from({ length: listed.size }, (_, id) => label(id)));
    const [without, withCodes] = [[] as number[], [] as number[]];
    for (const seed of [1, 2, 3]) {
      for (const [spec, queries] of [
        ["default", without],
        ["default:codes=true,fine=200", withCodes],
      ] as const) {
        const strategy = create(spec, { estimation: knowing(label), generator: createGenerator(seed) });
        const asked = await ask(strategy, 12);
        const place = asked.findIndex((id) => label(id) === best);
        queries.push(place < 0 ? 60 : place + 1);
      }
    }
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(withCodes)).toBeLessThan(0.7 * sum(without));
  });

  it("asks for the codes of what it learns from, of what is pending and of the most promising, for none twice", async () => {
    const codes = knowing(label);
    const estimation = countEstimation(codes);
    const strategy = create("default:codes=true,fine=40", { estimation });
    const start = await ask(strategy, 1);
    expect(codes.calls).toEqual([]);
    const second = await strategy.suggest(5);
    expect(codes.calls.map((asked) => asked.length)).toEqual([45]);
    expect(codes.calls[0].slice(0, 5)).toEqual(start);
    for (const id of second) expect(codes.calls[0].slice(5)).toContain(id);
    await ask(strategy, 6);
    const asked = codes.calls.flat();
    expect(asked).toHaveLength(new Set(asked).size);
    expect(estimation.asked).toBe(asked.length);
    expect(asked.length).toBeLessThan(45 + 6 * 40);
  });

  it("compares all of a batch that is larger than `fine`", async () => {
    const codes = knowing(label);
    const strategy = create("default:codes=true,fine=3", { estimation: codes });
    await ask(strategy, 1);
    const batch = await strategy.suggest(20);
    expect(codes.calls.map((asked) => asked.length)).toEqual([25]);
    for (const id of batch) expect(["exploit", "explore"]).toContain(strategy.explain!(id)!.reason);
  });

  it("recommends without asking for a code", async () => {
    const codes = knowing(label);
    const strategy = create("default:codes=true", { estimation: codes });
    await ask(strategy, 4);
    const calls = codes.calls.length;
    const state = JSON.stringify(strategy.state());
    expect(await strategy.recommend?.()).toBeDefined();
    expect(codes.calls).toHaveLength(calls);
    expect(JSON.stringify(strategy.state())).toBe(state);
  });

  it("goes on from a state bit for bit, with the codes that it had, and only with codes of the same name", async () => {
    const uninterrupted = await ask(create("default:codes=true", { estimation: knowing(label) }), 8);
    const codes = knowing(label);
    const resumed: number[] = [];
    let state: StrategyState | undefined;
    for (let round = 0; round < 8; round++) {
      const strategy = create("default:codes=true", { estimation: codes }, state);
      resumed.push(...(await ask(strategy, 1)));
      state = JSON.parse(JSON.stringify(strategy.state()));
    }
    expect(resumed).toEqual(uninterrupted);
    expect(codes.calls.flat()).toHaveLength(new Set(codes.calls.flat()).size);
    const other = { ...knowing(label), name: "losses" };
    expect(() => create("default:codes=true", { estimation: other }, state)).toThrow(
      /holds estimation codes "knowing"/,
    );
  });

  it("does without codes where nobody asked for them, or where there are none", async () => {
    const codes = knowing(label);
    const plain = await ask(create("default"), 6);
    expect(await ask(create("default", { estimation: codes }), 6)).toEqual(plain);
    expect(await ask(create("default:codes=true"), 6)).toEqual(plain);
    expect(codes.calls).toEqual([]);
  });

  it("gives what it had proposed after codes that failed", async () => {
    const codes = knowing(label);
    let isBroken = true;
    const estimation: EstimationSource = {
      ...codes,
      of: (ids) => (isBroken ? Promise.reject(new Error("no code")) : codes.of(ids)),
    };
    const strategy = create("default:codes=true,init=6", { estimation });
    const start = await ask(strategy, 1, 4);
    // The start has 6, of which 2 are proposed before a code is asked for.
    await expect(strategy.suggest(5)).rejects.toThrow("no code");
    isBroken = false;
    const after = await strategy.suggest(5);
    expect(new Set([...start, ...after]).size).toBe(9);
    expect(after.slice(0, 2).map((id) => strategy.explain!(id)!.reason)).toEqual(["start", "start"]);
  });
});

/** The strategy in a world where each architecture has a code, or none. */
function withCodes(definition: StrategyDefinition): StrategyDefinition {
  return {
    ...definition,
    // Codes tell of the label only.
    severalObjectives: false,
    create(context, options, state) {
      const read = labelOf(context.catalogue as Catalogue);
      const estimation = knowing((id) => (context.catalogue.at(id)[0] === 1 ? Number.NaN : read(id)));
      return definition.create({ ...context, estimation }, options, state);
    },
  };
}

describe("conformance of strategy default with estimation codes", () => {
  const small = { sample: 30, mutations: 30, rounds: 1, finalists: 20, codes: true, fine: 10 };
  for (const { name, run } of strategyConformance(withCodes(defaultDefinition), small)) it(name, run);
});

describe("default with estimation codes in a space that cannot be listed", () => {
  const space: SearchSpace = createGridSpace(12, 6, false);

  it("numbers what it asks for, and asks for none twice", async () => {
    const catalogue = createCatalogue(space);
    const read = labelOf(catalogue);
    const codes = knowing(read);
    const context = { catalogue, features: createFeatureSource(catalogue), estimation: codes };
    const spec = "default:codes=true,sample=100,mutations=100,fine=20";
    const asked = await ask(create(spec, context), 6, 5, read);
    expect(new Set(asked).size).toBe(30);
    expect(codes.calls.flat()).toHaveLength(new Set(codes.calls.flat()).size);
    expect(catalogue.size).toBeLessThanOrEqual(30 + 5 * 20);
  });
});
