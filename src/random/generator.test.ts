import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator, type Generator } from "./index.js";

function draws(generator: Generator, count: number): number[] {
  return Array.from({ length: count }, () => generator.uniform());
}

/** Pearson's statistic against equal expectations. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const centre = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [x, y] = [centre(a), centre(b)];
  const product = (p: readonly number[], px: number, q: readonly number[], qx: number) =>
    p.reduce((sum, value, i) => sum + (value - px) * (q[i] - qx), 0);
  return product(a, x, b, y) / Math.sqrt(product(a, x, a, x) * product(b, y, b, y));
}

describe("the stream", () => {
  it("never changes: golden values", () => {
    const generator = createGenerator(1);
    const golden = {
      uniform: draws(generator, 3),
      integers: Array.from({ length: 6 }, () => generator.integer(1000)),
      normal: Array.from({ length: 2 }, () => generator.normal()),
      big: String(generator.bigInteger(10n ** 25n)),
      chosen: generator.choose(5, 423_624),
      shuffled: generator.shuffle([1, 2, 3, 4, 5, 6]),
      child: generator.split("fit").uniform(),
      numbered: generator.split(7).uniform(),
      seed: generator.seedOf("fit"),
      text: createGenerator("assay").uniform(),
    };
    expect(golden).toMatchInlineSnapshot(`
      {
        "big": "7342170743183868613959358",
        "child": 0.10313383923690012,
        "chosen": [
          413083,
          323098,
          356244,
          243620,
          118507,
        ],
        "integers": [
          529,
          280,
          792,
          672,
          701,
          335,
        ],
        "normal": [
          -0.11326121762238578,
          1.00886199533876,
        ],
        "numbered": 0.009853728141287377,
        "seed": "key:11f2e589c906dcc1ecdcfb78cf3fc592",
        "shuffled": [
          5,
          4,
          3,
          2,
          6,
          1,
        ],
        "text": 0.22469301932973418,
        "uniform": [
          0.703378633263101,
          0.006950167585661804,
          0.30323071977804505,
        ],
      }
    `);
  });

  it("is the same for the same seed and different for every other", () => {
    expect(draws(createGenerator(7), 20)).toEqual(draws(createGenerator(7), 20));
    const first = new Set(Array.from({ length: 2000 }, (_, seed) => createGenerator(seed).uniform()));
    expect(first.size).toBe(2000);
  });
});

describe("uniform and integer", () => {
  it("fills [0, 1) evenly", () => {
    const counts = new Array(20).fill(0);
    const generator = createGenerator("even");
    for (let i = 0; i < 40_000; i++) {
      counts[Math.floor(generator.uniform() * 20)]++;
    }
    expect(counts.length).toBe(20);
    // 99.99 % of a chi-square with 19 degrees of freedom lies below 50.8.
    expect(chiSquare(counts)).toBeLessThan(50.8);
  });

  it("hits every integer evenly, whatever the bound", () => {
    const generator = createGenerator("integers");
    for (const bound of [2, 3, 7, 19]) {
      const counts = new Array(bound).fill(0);
      for (let i = 0; i < 2000 * bound; i++) counts[generator.integer(bound)]++;
      expect(chiSquare(counts)).toBeLessThan(55);
    }
  });

  it("shows no dependence between neighbouring draws", () => {
    const list = draws(createGenerator("serial"), 20_000);
    expect(Math.abs(correlation(list.slice(1), list.slice(0, -1)))).toBeLessThan(0.03);
  });

  it("stays within every bound, beyond 2^32 and 2^53 too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.integer(), (bound, seed) => {
        const value = createGenerator(seed).integer(bound);
        expect(Number.isSafeInteger(value) && value >= 0 && value < bound).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.integer(), (bound, seed) => {
        const value = createGenerator(seed).bigInteger(bound);
        expect(value >= 0n && value < bound).toBe(true);
      }),
    );
  });

  it("draws bounds near 2^32 evenly: what does not divide evenly is drawn again", () => {
    for (const bound of [2 ** 32, 2 ** 32 - 1, 3_000_000_000, 2 ** 31 + 1]) {
      const generator = createGenerator(bound);
      const counts = new Array(8).fill(0);
      for (let i = 0; i < 4000; i++) counts[Math.floor((generator.integer(bound) / bound) * 8)]++;
      expect(counts.length).toBe(8);
      expect(chiSquare(counts)).toBeLessThan(29.9);
    }
  });

  it("reaches the upper half of bounds beyond 2^32", () => {
    const generator = createGenerator("large");
    const bound = 3 * 2 ** 40;
    const upper = Array.from({ length: 400 }, () => generator.integer(bound)).filter((value) => value >= bound / 2);
    expect(upper.length).toBeGreaterThan(140);
    expect(upper.length).toBeLessThan(260);
  });

  it("refuses bounds that leave nothing to draw", () => {
    const generator = createGenerator(1);
    for (const bound of [0, -1, 1.5, Number.NaN, 2 ** 53]) expect(() => generator.integer(bound)).toThrow(RangeError);
    expect(() => generator.bigInteger(0n)).toThrow(RangeError);
  });
});

describe("normal", () => {
  it("has mean 0, variance 1, no skew and the right tails", () => {
    const generator = createGenerator("normal");
    const values = Array.from({ length: 40_000 }, () => generator.normal());
    const moment = (power: (value: number) => number) =>
      values.reduce((sum, value) => sum + power(value), 0) / values.length;
    expect(Math.abs(moment((x) => x))).toBeLessThan(0.025);
    expect(Math.abs(moment((x) => x * x) - 1)).toBeLessThan(0.035);
    expect(Math.abs(moment((x) => x * x * x))).toBeLessThan(0.07);
    expect(Math.abs(moment((x) => x * x * x * x) - 3)).toBeLessThan(0.25);
    const outside = values.filter((x) => Math.abs(x) > 1.959964).length / values.length;
    expect(Math.abs(outside - 0.05)).toBeLessThan(0.006);
  });
});

describe("split", () => {
  it("does not depend on how much was drawn, nor changes what is drawn", () => {
    const untouched = createGenerator(3);
    const used = createGenerator(3);
    draws(used, 17);
    expect(draws(used.split("fit"), 5)).toEqual(draws(untouched.split("fit"), 5));
    const plain = createGenerator(3);
    const splitting = createGenerator(3);
    splitting.split("fit");
    expect(draws(splitting, 5)).toEqual(draws(plain, 5));
  });

  it("tells names, numbers, paths and parents apart", () => {
    const root = createGenerator(3);
    const children = [
      root,
      root.split("a"),
      root.split("b"),
      root.split("ab"),
      root.split("a").split("b"),
      root.split("b").split("a"),
      root.split(1),
      root.split("1"),
      root.split(""),
      createGenerator(4).split("a"),
    ];
    expect(new Set(children.map((child) => child.uniform())).size).toBe(children.length);
  });

  it("gives streams that do not resemble each other or their parent", () => {
    const root = createGenerator("independence");
    const parent = draws(root, 4000);
    const children = Array.from({ length: 12 }, (_, i) => draws(createGenerator("independence").split(i), 4000));
    for (let i = 0; i < children.length; i++) {
      expect(Math.abs(correlation(children[i], parent))).toBeLessThan(0.07);
      for (let j = 0; j < i; j++) expect(Math.abs(correlation(children[i], children[j]))).toBeLessThan(0.07);
    }
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[Math.floor(createGenerator("first").split(i).uniform() * 10)]++;
    // 99.99 % of a chi-square with 9 degrees of freedom lies below 33.7.
    expect(chiSquare(counts)).toBeLessThan(33.7);
  });

  it("is repeated elsewhere by seedOf", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer()), fc.oneof(fc.string(), fc.integer()), (seed, name) => {
        const generator = createGenerator(seed);
        const sent = createGenerator(generator.seedOf(name));
        expect(draws(sent, 3)).toEqual(draws(generator.split(name), 3));
        expect(draws(sent.split("deeper"), 2)).toEqual(draws(generator.split(name).split("deeper"), 2));
      }),
    );
  });
});

describe("choose", () => {
  it("chooses different numbers of the range, as many as asked", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer(),
        (size, count, seed) => {
          const asked = Math.min(count, size);
          const chosen = createGenerator(seed).choose(asked, size);
          expect(chosen.length).toBe(asked);
          expect(new Set(chosen).size).toBe(asked);
          expect(chosen.every((item) => Number.isInteger(item) && item >= 0 && item < size)).toBe(true);
        },
      ),
    );
  });

  it("favours no item and no place", () => {
    const generator = createGenerator("choose");
    const places = Array.from({ length: 3 }, () => new Array(8).fill(0));
    for (let i = 0; i < 8000; i++) {
      generator.choose(3, 8).forEach((item, place) => {
        places[place][item]++;
      });
    }
    // 99.99 % of a chi-square with 7 degrees of freedom lies below 29.9.
    for (const counts of places) expect(chiSquare(counts)).toBeLessThan(29.9);
  });

  it("refuses to choose more than there is", () => {
    expect(() => createGenerator(1).choose(3, 2)).toThrow(RangeError);
  });
});

describe("shuffle", () => {
  it("gives a permutation of the same list", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
        const shuffled = [...list];
        expect(createGenerator(seed).shuffle(shuffled)).toBe(shuffled);
        const order = (a: number, b: number) => a - b;
        expect(shuffled.sort(order)).toEqual([...list].sort(order));
      }),
    );
    expect([...createGenerator(1).shuffle(Int32Array.of(5, 5, 5))]).toEqual([5, 5, 5]);
  });

  it("gives every order equally often", () => {
    const generator = createGenerator("orders");
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = generator.shuffle(["a", "b", "c", "d"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 99.99 % of a chi-square with 23 degrees of freedom lies below 56.9.
    expect(chiSquare([...counts.values()])).toBeLessThan(56.9);
  });
});
