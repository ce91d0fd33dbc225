import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import type { Architecture } from "../contract.js";
import { type ChoiceDefinition, type ChoiceSpace, createChoiceSpace, type Level, parseChoiceSpace } from "./index.js";

interface Plan {
  readonly levels: readonly number[];
  /** For each parameter, earlier ones (by distance) with a mask of their allowed levels. */
  readonly conditions: readonly { readonly distance: number; readonly mask: number }[];
}

const plans = fc.array(
  fc.record({
    levels: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
    conditions: fc.array(fc.record({ distance: fc.nat(4), mask: fc.integer({ min: 1, max: 15 }) }), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A definition with conditions that point backward, its parameters in shuffled order. */
function definitionOf(plan: readonly Plan[], seed: number, limit: number | undefined): ChoiceDefinition {
  const entries = plan.map(
    ({ levels, conditions }, i): [string, { levels: Level[]; when?: Record<string, Level[]> }] => {
      const when: Record<string, Level[]> = {};
      for (const { distance, mask } of conditions) {
        const parent = i - 1 - distance;
        if (parent < 0) continue;
        const allowed = plan[parent].levels.filter((_, level) => (mask >> level) & 1);
        if (allowed.length > 0) when[`p${parent}`] = [...allowed];
      }
      return [`p${i}`, { levels: [...levels], ...(Object.keys(when).length > 0 ? { when } : {}) }];
    },
  );
  createGenerator(seed).shuffle(entries);
  const sum = entries.map(([name]) => `(active(${name}) ? ${name} : 0)`).join(" + ");
  return {
    parameters: Object.fromEntries(entries),
    ...(limit === undefined ? {} : { constraints: [`${sum} <= ${limit}`] }),
  };
}

/** Every different valid architecture in text, found by trying all combinations of levels. */
function bruteForce({ parameters }: ChoiceDefinition, limit = Number.POSITIVE_INFINITY): Set<string> {
  const entries = Object.entries(parameters) as [string, { levels: number[]; when?: Record<string, Level[]> }][];
  const found = new Set<string>();
  const isActive = (values: ReadonlyMap<string, number>, name: string): boolean => {
    const when = (parameters[name] as { when?: Record<string, Level[]> }).when ?? {};
    return Object.entries(when).every(([key, levels]) => isActive(values, key) && levels.includes(values.get(key)!));
  };
  const tryAll = (position: number, values: Map<string, number>): void => {
    if (position === entries.length) {
      const active = entries.filter(([name]) => isActive(values, name));
      const sum = active.reduce((total, [name]) => total + values.get(name)!, 0);
      if (sum <= limit) found.add(active.map(([name]) => `${name}=${values.get(name)}`).join(","));
      return;
    }
    const [name, { levels }] = entries[position];
    for (const level of levels) tryAll(position + 1, new Map(values).set(name, level));
  };
  tryAll(0, new Map());
  return found;
}

/** The space, or undefined where the definition is rightly refused (nothing to choose, never active). */
function tryCreate(definition: ChoiceDefinition): ChoiceSpace | undefined {
  try {
    return createChoiceSpace(definition);
  } catch (error) {
    const known = /only one architecture|no architecture satisfies|never holds/;
    if (error instanceof Error && known.test(error.message)) return undefined;
    throw error;
  }
}

function listAll({ enumeration, genes, format }: ChoiceSpace): string[] {
  return Array.from({ length: enumeration!.size }, (_, index) => {
    const architecture = new Int32Array(genes);
    enumeration!.write(index, architecture);
    return format(architecture);
  });
}

describe("random definitions", () => {
  const anyDefinition = fc.tuple(plans, fc.nat(1000), fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }));

  test("size and list are what trying all combinations gives", () => {
    let seen = 0;
    fc.assert(
      fc.property(anyDefinition, ([plan, seed, limit]) => {
        const definition = definitionOf(plan, seed, limit);
        const space = tryCreate(definition);
        if (space === undefined) return;
        seen++;
        const expected = bruteForce(definition, limit);
        expect(space.size).toBe(BigInt(expected.size));
        expect(space.sizeIsExact).toBe(true);
        const listed = listAll(space);
        expect(new Set(listed)).toEqual(expected);
        expect(listed.length).toBe(expected.size);
      }),
      { numRuns: 150 },
    );
    expect(seen).toBeGreaterThan(50);
  });

  test("samples, mutants and neighbours are of the space; text and index lead back", () => {
    fc.assert(
      fc.property(anyDefinition, fc.nat(1000), ([plan, seed, limit], drawSeed) => {
        const definition = definitionOf(plan, seed, limit);
        const space = tryCreate(definition);
        if (space === undefined) return;
        const all = bruteForce(definition, limit);
        const generator = createGenerator(drawSeed);
        let architecture = space.sample(generator);
        for (let step = 0; step < 10; step++) {
          const text = space.format(architecture);
          expect(all.has(text)).toBe(true);
          expect(space.parse(text)).toEqual(architecture);
          expect(space.canonical(architecture)).toEqual(architecture);
          const index = space.enumeration!.indexOf(architecture);
          const written = new Int32Array(space.genes);
          space.enumeration!.write(index, written);
          expect(written).toEqual(architecture);
          const neighbours = space.neighbours(architecture).map(space.format);
          expect(new Set(neighbours).size).toBe(neighbours.length);
          expect(neighbours).not.toContain(text);
          for (const neighbour of neighbours) expect(all.has(neighbour)).toBe(true);
          const mutant = space.mutate(architecture, generator);
          expect(space.format(mutant)).not.toBe(text);
          architecture = mutant;
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Chi-square of draws against the uniform distribution, as standard deviations from its mean. */
function deviationFromUniform(counts: readonly number[], draws: number): number {
  const expected = draws / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
}

describe("sampling is uniform over different valid architectures", () => {
  const unbalanced: ChoiceDefinition["parameters"] = {
    leaf: { levels: [1, 2, 3, 4, 5], when: { block: "conv", stages: [2, 3] } },
    block: ["conv", "pool", "none"],
    stages: [1, 2, 3],
    deep: { levels: ["a", "b"], when: { leaf: [4, 5] } },
  };
  test.each<[string, ChoiceDefinition, number]>([
    ["conditions", { parameters: unbalanced }, 9 - 2 + 2 * 7],
    [
      "conditions and constraints",
      { parameters: unbalanced, constraints: ["leaf > 2", 'block == "conv" or stages == 1'] },
      13,
    ],
  ])("%s", (_, definition, size) => {
    const space = createChoiceSpace(definition);
    expect(space.size).toBe(BigInt(size));
    const draws = 40_000;
    const countOf = new Map(listAll(space).map((text) => [text, 0]));
    const generator = createGenerator(7);
    for (let draw = 0; draw < draws; draw++) {
      const text = space.format(space.sample(generator));
      countOf.set(text, countOf.get(text)! + 1);
    }
    expect(countOf.size).toBe(size);
    expect(Math.abs(deviationFromUniform([...countOf.values()], draws))).toBeLessThan(4);
  });

  test("beyond 2^53, where branches weigh bigints", () => {
    // 10^18 architectures behind one level, 10^18 behind nine others: each half is drawn half of the time.
    const parameters: Record<string, { range: { from: number; to: number }; when: Record<string, Level[]> } | Level[]> =
      {
        side: ["heavy", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9"],
      };
    for (let i = 0; i < 18; i++) parameters[`h${i}`] = { range: { from: 0, to: 9 }, when: { side: ["heavy"] } };
    for (let i = 0; i < 17; i++)
      parameters[`l${i}`] = {
        range: { from: 0, to: 9 },
        when: { side: ["l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9"] },
      };
    const space = createChoiceSpace({ parameters });
    expect(space.size).toBe(10n ** 18n + 9n * 10n ** 17n);
    const generator = createGenerator(3);
    let heavy = 0;
    for (let draw = 0; draw < 10_000; draw++) if (space.values(space.sample(generator))["side"] === "heavy") heavy++;
    expect(Math.abs(heavy - 10_000 * (10 / 19))).toBeLessThan(4 * 50);
  });
});

describe("large spaces", () => {
  const large = (constraints: string[]): ChoiceSpace =>
    createChoiceSpace({
      parameters: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]])),
      constraints,
      cost: { total: "k0 + k19" },
    });

  test("are counted exactly and never listed", () => {
    const space = large([]);
    expect(space.size).toBe(10n ** 20n);
    expect(space.sizeIsExact).toBe(true);
    expect(space.enumeration).toBeUndefined();
  });

  test("are counted exactly where constraints concern few parameters", () => {
    const space = large(["k3 + k17 <= 10", "total <= 19"]);
    expect(space.size).toBe(45n * 99n * 10n ** 16n);
    expect(space.sizeIsExact).toBe(true);
  });

  test("are counted exactly where many constraints concern few parameters each", () => {
    const chain = large(Array.from({ length: 19 }, (_, i) => `k${i} <= k${i + 1}`));
    // Sequences of 20 numbers from 1 to 10 that never fall: 29 over 9.
    expect(chain.size).toBe(10_015_005n);
    const pairs = large(Array.from({ length: 10 }, (_, i) => `k${2 * i} < k${2 * i + 1}`));
    expect(pairs.size).toBe(45n ** 10n);
    expect([chain.sizeIsExact, pairs.sizeIsExact]).toEqual([true, true]);
    // One in 10^13 is valid: drawn from the counts, uniformly. Sequences with k0 = 1 are 28 over 9 of them.
    const generator = createGenerator(4);
    let ones = 0;
    for (let draw = 0; draw < 1000; draw++) if (chain.values(chain.sample(generator))["k0"] === 1) ones++;
    expect(Math.abs(ones - (1000 * 6_906_900) / 10_015_005)).toBeLessThan(4 * 15);
  });

  test("are listed without following the countless dead ends of chains", () => {
    const levels = Array.from({ length: 40 }, (_, level) => level);
    const parameters = Object.fromEntries(Array.from({ length: 38 }, (_, i) => [`k${i}`, levels]));
    const constraints = Array.from({ length: 37 }, (_, i) => `k${i} < k${i + 1}`);
    const space = createChoiceSpace({ parameters, constraints });
    expect(space.size).toBe(780n);
    expect(new Set(listAll(space)).size).toBe(780);
  });

  test("have an upper bound where counting would take too long, and only valid samples", () => {
    const names = Array.from({ length: 20 }, (_, i) => `k${i}`);
    const space = large([`${names.join(" + ")} <= 110`, "k0 <= k19"]);
    expect(space.size).toBe(10n ** 20n);
    expect(space.sizeIsExact).toBe(false);
    const generator = createGenerator(1);
    for (let draw = 0; draw < 200; draw++) {
      const values = space.values(space.sample(generator));
      expect(names.reduce((sum, name) => sum + Number(values[name]), 0)).toBeLessThanOrEqual(110);
      expect(Number(values["k0"])).toBeLessThanOrEqual(Number(values["k19"]));
    }
  });

  test("500 parameters and a condition on 16 switches at once", () => {
    const wide = createChoiceSpace({
      parameters: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, [0, 1]])),
    });
    expect(wide.size).toBe(2n ** 500n);
    const switches = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`s${i}`, [0, 1]]));
    const when = Object.fromEntries(Object.keys(switches).map((name) => [name, 1]));
    const space = createChoiceSpace({ parameters: { last: { levels: [1, 2, 3], when }, ...switches } });
    expect(space.size).toBe(65_535n + 3n);
  });

  test("conditions beyond counting are refused", () => {
    const parameters: Record<string, { levels: number[]; when?: Record<string, number> }> = {};
    for (let i = 0; i < 20; i++) parameters[`a${i}`] = { levels: [0, 1] };
    // Every pair shares a dependent, so that all 20 switches must be remembered at once.
    for (let i = 0; i < 20; i++)
      for (let j = i + 1; j < 20; j++)
        parameters[`c${i}_${j}`] = { levels: [0, 1], when: { [`a${i}`]: 1, [`a${j}`]: 1 } };
    expect(() => createChoiceSpace({ parameters })).toThrow(/the conditions cannot be counted/);
  });
});

describe("edits", () => {
  const space = parseChoiceSpace(
    `parameters:
  block: [conv, mixed, pool]
  kernel: {levels: [3, 5, 7], when: {block: [conv, mixed]}}
  width: {range: {from: 16, to: 64, step: 16}}
`,
    "edits.yaml",
  );
  const neighboursOf = (text: string): string[] => space.neighbours(space.parse(text)).map(space.format);

  test("ordinal parameters move by one, categorical ones anywhere, and what is switched on takes every level", () => {
    expect(neighboursOf("block=pool,width=16")).toEqual([
      "block=conv,kernel=3,width=16",
      "block=conv,kernel=5,width=16",
      "block=conv,kernel=7,width=16",
      "block=mixed,kernel=3,width=16",
      "block=mixed,kernel=5,width=16",
      "block=mixed,kernel=7,width=16",
      "block=pool,width=32",
    ]);
    expect(neighboursOf("block=conv,kernel=5,width=32")).toEqual([
      "block=mixed,kernel=5,width=32",
      "block=pool,width=32",
      "block=conv,kernel=3,width=32",
      "block=conv,kernel=7,width=32",
      "block=conv,kernel=5,width=16",
      "block=conv,kernel=5,width=48",
    ]);
  });

  test("many newly active parameters are filled in 32 ways, spread over all", () => {
    const parameters: Record<string, unknown> = { on: [false, true] };
    for (let i = 0; i < 4; i++) parameters[`k${i}`] = { range: { from: 0, to: 9 }, when: { on: true } };
    const switched = createChoiceSpace({ parameters } as ChoiceDefinition);
    const neighbours = switched.neighbours(switched.parse("on=false"));
    expect(neighbours.length).toBe(32);
    expect(new Set(neighbours.map((neighbour) => neighbour[1])).size).toBe(10);
  });

  test("mutants keep all but one parameter and reach every level", () => {
    const generator = createGenerator(2);
    const start = space.parse("block=conv,kernel=5,width=32");
    const seen = new Set<string>();
    for (let draw = 0; draw < 500; draw++) seen.add(space.format(space.mutate(start, generator)));
    expect([...seen].sort()).toEqual([
      "block=conv,kernel=3,width=32",
      "block=conv,kernel=5,width=16",
      "block=conv,kernel=5,width=48",
      "block=conv,kernel=5,width=64",
      "block=conv,kernel=7,width=32",
      "block=mixed,kernel=5,width=32",
      "block=pool,width=32",
    ]);
  });

  test("an architecture without a valid edit mutates into another one", () => {
    const islands = createChoiceSpace({ parameters: { a: [1, 2, 3], b: [1, 2, 3] }, constraints: ["a == b"] });
    expect(islands.size).toBe(3n);
    const one = islands.parse("a=1,b=1");
    expect(islands.neighbours(one)).toEqual([]);
    expect(islands.format(islands.mutate(one, createGenerator(1)))).toMatch(/^a=([23]),b=\1$/);
  });

  test("inactive genes do not make architectures different", () => {
    expect(space.canonical(Int32Array.of(2, 1, 0))).toEqual(Int32Array.of(2, -1, 0));
    expect(() => space.canonical(Int32Array.of(0, -1, 0))).toThrow("kernel of edits has no level -1.");
    expect(space.enumeration!.indexOf(Int32Array.of(2, 1, 0))).toBe(-1);
  });
});

describe("text", () => {
  const space = createChoiceSpace({
    name: "texts",
    parameters: {
      activation: ["relu", "leaky relu", "a,b=c", 'say "hi"', "3x3"],
      rate: { range: { from: 0.1, to: 0.4, step: 0.1 } },
      bias: { levels: [true, false], when: { activation: "relu" } },
    },
    constraints: ["rate < 0.4 or active(bias)"],
  });

  test("prints the active parameters in file order and reads them in any order", () => {
    expect(listAll(space).length).toBe(2 * 4 + 4 * 3);
    const text = "activation=relu,rate=0.3,bias=false";
    expect(space.format(space.parse(" bias=false, rate = 0.3,activation=relu "))).toBe(text);
    const quoted = space.parse('activation="a,b=c",rate=0.1');
    expect(space.values(quoted)).toEqual({ activation: "a,b=c", rate: 0.1 });
    for (const one of listAll(space)) expect(space.format(space.parse(one))).toBe(one);
  });

  test.each([
    ["", 'activation is missing. | Its levels are relu, "leaky relu", "a,b=c", "say \\"hi\\"" or 3x3.'],
    ["relu", '"relu" is not name=level. | Write kernel=3,width=64.'],
    ["activaton=relu", 'there is no parameter "activaton". | Did you mean "activation"?'],
    ["activation=rel,rate=0.1", 'activation has no level rel. | Did you mean "relu"?'],
    ["activation=relu,rate=0.1,rate=0.2", "rate is given twice."],
    ["activation=relu,rate=0.1", "bias is missing. | Its levels are true or false."],
    ["activation=3x3,rate=0.1,bias=true", "bias is inactive here. | It exists only when activation is relu."],
  ])("cannot read %j", (text, expected) => {
    try {
      space.parse(text);
      expect.unreachable();
    } catch (error) {
      const { message, hint } = error as { message: string; hint?: string };
      const said = hint === undefined ? message : `${message} | ${hint}`;
      expect(said).toBe(`Cannot read ${JSON.stringify(text)} as an architecture of texts: ${expected}`);
    }
  });

  test("refuses architectures that break a constraint", () => {
    expect(() => space.parse("activation=3x3,rate=0.4")).toThrow(
      "activation=3x3,rate=0.4 is not of the space texts: it breaks constraints[0] (rate < 0.4 or active(bias)).",
    );
  });
});

describe("views", () => {
  test("parameters and costs", () => {
    const space = createChoiceSpace({
      parameters: { kernel: [3, 5], norm: ["batch", "layer"], width: { levels: [8, 16], when: { norm: "layer" } } },
      cost: {
        flops: { value: "kernel ^ 2 * max(width, 4)", unit: "MAC" },
        doubled: "flops * 2",
        counted: (values) => Object.keys(values).length,
      },
    });
    expect(space.views.parameters!.parameters).toEqual([
      { name: "kernel", kind: "ordinal", levels: [3, 5] },
      { name: "norm", kind: "categorical", levels: ["batch", "layer"] },
      { name: "width", kind: "ordinal", levels: [8, 16] },
    ]);
    const cost = space.views.cost!;
    expect(cost.metrics.map(({ name, unit }) => [name, unit])).toEqual([
      ["flops", "MAC"],
      ["doubled", ""],
      ["counted", ""],
    ]);
    const costOf = (text: string): number[] => {
      const values = new Float64Array(3);
      cost.write(space.parse(text), values);
      return [...values];
    };
    expect(costOf("kernel=5,norm=layer,width=16")).toEqual([400, 800, 3]);
    expect(costOf("kernel=5,norm=batch")).toEqual([100, 200, 2]);
    const levels = new Int32Array(3);
    space.views.parameters!.write(space.parse("kernel=5,norm=batch"), levels);
    expect([...levels]).toEqual([1, 0, -1]);
  });

  test("a space without costs has no cost view", () => {
    expect(createChoiceSpace({ parameters: { kernel: [3, 5] } }).views.cost).toBeUndefined();
  });

  test("a constraint on functions and on inactive parameters", () => {
    const space = createChoiceSpace({
      parameters: { stages: [1, 2], first: [1, 2, 3], second: { levels: [1, 2, 3], when: { stages: 2 } } },
      constraints: ["second >= first", ({ first }) => first !== 2],
    });
    // One stage: first is 1 or 3; two stages: second from 1 or from 3.
    expect(listAll(space)).toHaveLength(2 + 3 + 1);
  });
});

test("a JSON file is a space file too", () => {
  const space = parseChoiceSpace(
    '{\n\t"name": "json",\n\t"parameters": {"kernel": [3, 5], "width": {"range": {"from": 8, "to": 64, "factor": 2}}}\n}',
    "/some/where/space.json",
  );
  expect([space.name, space.size]).toEqual(["json", 8n]);
  expect(parseChoiceSpace("parameters: {kernel: [3, 5]}", "/some/where/my-space.yaml").name).toBe("my-space");
});

test("ranges", () => {
  const levelsOf = (range: object): readonly Level[] =>
    createChoiceSpace({ parameters: { x: { range } } } as ChoiceDefinition).views.parameters!.parameters[0].levels;
  expect(levelsOf({ from: 2, to: 5 })).toEqual([2, 3, 4, 5]);
  expect(levelsOf({ from: 0.1, to: 0.5, step: 0.1 })).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
  expect(levelsOf({ from: -1, to: 1, step: 0.5 })).toEqual([-1, -0.5, 0, 0.5, 1]);
  expect(levelsOf({ from: 8, to: 64, factor: 2 })).toEqual([8, 16, 32, 64]);
  expect(levelsOf({ from: 0.0001, to: 0.1, count: 4, scale: "log" })).toEqual([0.0001, 0.001, 0.01, 0.1]);
  expect(levelsOf({ from: 1, to: 100, count: 5, scale: "log", integer: true })).toEqual([1, 3, 10, 32, 100]);
  expect(levelsOf({ from: 0, to: 1, count: 5 })).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

test("the same seed gives the same architectures", () => {
  const definition: ChoiceDefinition = {
    parameters: { a: [1, 2, 3, 4], b: { levels: [1, 2, 3], when: { a: [1, 2] } } },
  };
  const draw = (): Architecture[] => {
    const generator = createGenerator("same");
    const space = createChoiceSpace(definition);
    return Array.from({ length: 20 }, () => space.mutate(space.sample(generator), generator));
  };
  expect(draw()).toEqual(draw());
});
