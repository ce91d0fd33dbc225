import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { arrangeColumns } from "./columns.js";
import { TreeGrower } from "./growth.js";
import type { GrowthRules, GrowthTargets } from "./growthRules.js";
import { TreeBuilder } from "./trees.js";

const plainRules: GrowthRules = {
  depth: 8,
  penalty: 1,
  minimumWeight: 1,
  minimumGain: 1e-6,
  pruneGain: 0,
  rate: 1,
  thresholdGoes: "right",
};

/** The value of the leaf that each row reaches, found by trying every split of every node. */
function growNaively(
  { columns, data }: Matrix,
  rows: readonly number[],
  { sums, weights }: GrowthTargets,
  rules: GrowthRules,
  depth = 0,
): { values: Map<number, number>; leaf: boolean } {
  const add = (list: readonly number[], of: Float64Array) => list.reduce((total, row) => total + of[row], 0);
  const score = (list: readonly number[]) => {
    const sum = add(list, sums);
    return sum * sum * (1 / (add(list, weights) + rules.penalty));
  };
  const value = Math.round((rules.rate * add(rows, sums)) / (add(rows, weights) + rules.penalty));
  const asLeaf = { values: new Map(rows.map((row) => [row, value])), leaf: true };
  if (depth >= rules.depth) return asLeaf;
  let best = rules.minimumGain + score(rows);
  let split: [number[], number[]] | undefined;
  for (let column = 0; column < columns; column++) {
    const at = (row: number) => data[row * columns + column];
    const values = [...new Set(rows.map(at))].sort((a, b) => b - a);
    for (const edge of values.slice(0, -1)) {
      const right = rows.filter((row) => at(row) >= edge);
      const left = rows.filter((row) => at(row) < edge);
      if (Math.min(add(left, weights), add(right, weights)) < rules.minimumWeight) continue;
      const gain = score(left) + score(right);
      if (gain > best) {
        best = gain;
        split = [left, right];
      }
    }
  }
  if (split === undefined) return asLeaf;
  const [left, right] = split.map((part) =>
    growNaively({ rows: 0, columns, data }, part, { sums, weights }, rules, depth + 1),
  );
  if (left.leaf && right.leaf && best - score(rows) < rules.pruneGain) return asLeaf;
  return { values: new Map([...left.values, ...right.values]), leaf: false };
}

interface Task {
  features: Matrix;
  targets: GrowthTargets;
  rows: number[];
}

/** Bits, whole numbers of either sign, and numbers with many values; some rows are left out, some weigh more. */
function task(seed: number, count: number): Task {
  const generator = createGenerator(seed);
  const features = createMatrix(count, 7);
  for (let row = 0; row < count; row++) {
    const numbers = [
      generator.integer(2),
      generator.integer(5) - 2,
      1,
      generator.integer(1000),
      generator.uniform() < 0.9 ? 1 : 0,
      generator.normal(),
      generator.integer(4) * 0.25,
    ];
    features.data.set(numbers, row * 7);
  }
  const weights = Float64Array.from({ length: count }, () => generator.integer(3));
  const sums = weights.map((weight) => weight * (generator.integer(2001) - 1000));
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => weights[row] > 0);
  return { features, targets: { sums, weights }, rows };
}

function grow({ features, targets, rows }: Task, rules: GrowthRules) {
  const builder = new TreeBuilder();
  const grower = new TreeGrower(arrangeColumns(features), builder, rules);
  const root = grower.grow(Int32Array.from(rows), targets);
  return { builder, grower, root };
}

describe("TreeGrower", () => {
  const variants: [string, Partial<GrowthRules>][] = [
    ["plain", {}],
    ["shallow", { depth: 2 }],
    ["with heavy children", { minimumWeight: 4, penalty: 0.5 }],
    ["pruned", { pruneGain: 300_000, rate: 0.3 }],
    ["demanding", { minimumGain: 500_000 }],
  ];
  for (const [name, changes] of variants) {
    it(`finds the trees that trying every split finds: ${name}`, () => {
      const rules = { ...plainRules, ...changes };
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, count) => {
          const given = task(seed, count);
          if (given.rows.length === 0) return;
          const { builder, grower, root } = grow(given, rules);
          const { values } = growNaively(given.features, given.rows, given.targets, rules);
          for (const row of given.rows) {
            expect(builder.value[grower.leafOfRow[row]]).toBe(values.get(row));
            expect(builder.leafOf(root, given.features.data, row * 7)).toBe(grower.leafOfRow[row]);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  it("puts thresholds half-way, and rows on the threshold where the rules say", () => {
    const features = createMatrix(2, 1);
    features.data.set([1, 3]);
    const targets = { sums: Float64Array.of(-100, 100), weights: Float64Array.of(1, 1) };
    for (const [thresholdGoes, expected] of [
      ["right", 50],
      ["left", -50],
    ] as const) {
      const { builder, root } = grow({ features, targets, rows: [0, 1] }, { ...plainRules, thresholdGoes });
      expect(builder.value[builder.leafOf(root, Float32Array.of(2), 0)]).toBe(expected);
      expect(builder.value[builder.leafOf(root, Float32Array.of(2.001), 0)]).toBe(50);
      expect(builder.value[builder.leafOf(root, Float32Array.of(1.999), 0)]).toBe(-50);
    }
  });

  it("breaks ties by the first column, or by lot where it is given a generator", () => {
    const features = createMatrix(4, 3);
    for (let row = 0; row < 4; row++) features.data.fill(row < 2 ? 0 : 1, row * 3, row * 3 + 3);
    const targets = { sums: Float64Array.of(1, 2, 30, 40), weights: new Float64Array(4).fill(1) };
    const chosen = (seed?: number) => {
      const builder = new TreeBuilder();
      const grower = new TreeGrower(arrangeColumns(features), builder, plainRules);
      const root = grower.grow(
        Int32Array.of(0, 1, 2, 3),
        targets,
        seed === undefined ? undefined : createGenerator(seed),
      );
      return builder.build().testColumn[builder.test[root]];
    };
    expect(chosen()).toBe(0);
    const counts = [0, 0, 0];
    for (let seed = 0; seed < 300; seed++) counts[chosen(seed)]++;
    expect(Math.min(...counts)).toBeGreaterThan(70);
  });

  it("looks at as many drawn columns as it is told", () => {
    const given = task(3, 50);
    const rules = { ...plainRules, columnsPerSplit: 1 };
    const builder = new TreeBuilder();
    const grower = new TreeGrower(arrangeColumns(given.features), builder, rules);
    const roots = Array.from({ length: 100 }, (_, seed) =>
      grower.grow(Int32Array.from(given.rows), given.targets, createGenerator(seed)),
    );
    const { testColumn, test } = builder.build();
    // Six columns are not constant; each is the only one that some root looks at.
    expect(new Set(roots.map((root) => testColumn[test[root]])).size).toBe(6);
  });

  it("uses the allowed columns only", () => {
    const given = task(4, 50);
    const builder = new TreeBuilder();
    const columns = arrangeColumns(given.features);
    const grower = new TreeGrower(columns, builder, plainRules);
    grower.allowColumns([1, 2]);
    grower.grow(Int32Array.from(given.rows), given.targets);
    const used = new Set(builder.build().testColumn);
    expect([...used].sort()).toEqual([columns.source[1], columns.source[2]]);
  });
});
