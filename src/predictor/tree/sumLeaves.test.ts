import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import { createGenerator, type Generator } from "../../random/index.js";
import { transposeBits } from "./bits.js";
import { sumLeaves } from "./sumLeaves.js";
import { TreeBuilder } from "./trees.js";

const columns = 11;

/** A random tree: any tests in any order, also the same test again on the way down. */
function addTree(builder: TreeBuilder, generator: Generator, thresholds: readonly number[], depth: number): number {
  const grow = (node: number, left: number) => {
    builder.value[node] = generator.integer(2_000_001) - 1_000_000;
    if (left === 0 || generator.uniform() < 0.15) return;
    const threshold = thresholds[generator.integer(thresholds.length)];
    const child = builder.add(2);
    builder.test[node] = builder.testNumber(generator.integer(columns), threshold);
    builder.child[node] = child;
    grow(child, left - 1);
    grow(child + 1, left - 1);
  };
  const root = builder.add(1);
  grow(root, depth);
  return root;
}

function rowsOf(count: number, generator: Generator, draw: (generator: Generator) => number): Matrix {
  const features = createMatrix(count, columns);
  for (let i = 0; i < features.data.length; i++) features.data[i] = draw(generator);
  return features;
}

const kinds: [string, readonly number[], (generator: Generator) => number][] = [
  ["bits", [0.5], (generator) => generator.integer(2)],
  ["small numbers of either sign", [-1.5, -0.5, 0, 0.5, 1, 2], (generator) => generator.integer(7) - 3],
  ["reals", [0.25, 0.5, 1, 1e-40, 3e38], (generator) => Math.abs(generator.normal()) * generator.integer(2)],
  [
    "too many thresholds to note",
    Array.from({ length: 300 }, (_, i) => i / 100),
    (generator) => 3 * generator.uniform(),
  ],
];

describe("sumLeaves", () => {
  for (const [name, thresholds, draw] of kinds) {
    it(`adds up what each tree says: ${name}`, () => {
      fc.assert(
        fc.property(
          fc.integer(),
          fc.integer({ min: 0, max: 150 }),
          fc.integer({ min: 1, max: 60 }),
          (seed, rows, trees) => {
            const generator = createGenerator(seed);
            const builder = new TreeBuilder();
            for (let tree = 0; tree < trees; tree++) {
              const root = addTree(builder, generator, thresholds, 1 + generator.integer(8));
              if (builder.test[root] >= 0) builder.addRoot(root);
            }
            const forest = builder.build();
            const features = rowsOf(rows, generator, draw);
            const second = forest.value.map((value) => value * value);
            const { sums, secondSums } = sumLeaves(forest, features, second);
            expect(sumLeaves(forest, features).sums).toEqual(sums);
            for (let row = 0; row < rows; row++) {
              const leaves = [...forest.roots].map((root) => builder.leafOf(root, features.data, row * columns));
              expect(sums[row]).toBe(leaves.reduce((sum, leaf) => sum + forest.value[leaf], 0));
              expect(secondSums?.[row]).toBe(leaves.reduce((sum, leaf) => sum + second[leaf], 0));
            }
          },
        ),
        { numRuns: 40 },
      );
    });
  }

  it("says 0 without trees", () => {
    const { sums, secondSums } = sumLeaves(new TreeBuilder().build(), createMatrix(3, 2), new Float64Array(0));
    expect([...sums, ...(secondSums ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("transposeBits", () => {
  it("exchanges rows and columns", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 0, maxLength: 32 }), (words) => {
        const into = new Int32Array(40);
        transposeBits(Int32Array.of(7, ...words, 9), 1, 1 + words.length, into, 5);
        for (let bit = 0; bit < 32; bit++) {
          for (let word = 0; word < 32; word++) {
            const expected = word < words.length ? (words[word] >>> bit) & 1 : 0;
            expect((into[5 + bit] >>> word) & 1).toBe(expected);
          }
        }
        expect([...into.subarray(0, 5), ...into.subarray(37)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      }),
      { numRuns: 20 },
    );
  });
});
