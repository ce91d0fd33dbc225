import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createConditionalSpace } from "../../../test/fixtures/conditionalSpace.js";
import { coordinates, meanDistances, namesOf } from "../../../test/fixtures/viewsOfRows.js";
import { createChoiceSpace } from "../../space/index.js";
import { encode, encodeAll, readViews } from "../index.js";

const conditional = createConditionalSpace();

describe("the groups of a choice space", () => {
  const names = namesOf(conditional);

  test("are choices and a summary of ordinals, shared levels and costs that differ", () => {
    expect(names["header"].filter((name) => name.startsWith("kind"))).toEqual([
      "kind of choices",
      "kind of summary",
      "kind of levels",
      "kind of counts",
    ]);
    expect(names["choices"]).toHaveLength(2 + 4 + 3 + 3 + 3);
    expect(names["summary"]).toEqual([
      "log(1+size)",
      "depth",
      "heads",
      "first",
      "second",
      "number of 3 among first, …",
      "number of 5 among first, …",
      "number of 7 among first, …",
    ]);
  });

  test("are levels and counts again, which follow the costs", () => {
    const [choices, summary, levels, counts] = readViews(encodeAll(conditional, "views"))!;
    expect(choices.start + choices.width).toBe(summary.start);
    expect(levels).toMatchObject({ start: summary.start + 1, width: 4 });
    expect(counts).toMatchObject({ start: summary.start + 5, width: 3 });
  });

  test("are no parts that would be the whole summary", () => {
    const space = createChoiceSpace({
      parameters: { depth: { levels: [1, 2, 3], kind: "ordinal" }, kind: ["a", "b"] },
    });
    expect(readViews(encodeAll(space, "views"))).toHaveLength(2);
  });

  test("put an inactive ordinal at the mean of the active ones and count it nowhere", () => {
    const rows = encode(
      conditional,
      "views",
      ["family=transformer,depth=1,heads=8", "family=convolution,depth=1,first=3,second=3"].map(conditional.parse),
    );
    const [choices, summary] = readViews(rows)!;
    const at = (row: number, name: string): number =>
      coordinates(rows, row, summary).get(names["summary"].indexOf(name))!;
    expect(at(0, "first")).toBeCloseTo(0, 6);
    expect(at(1, "heads")).toBeCloseTo(0, 6);
    expect(at(1, "first")).toBeLessThan(-0.1);
    expect(at(0, "number of 3 among first, …")).toBeLessThan(at(1, "number of 3 among first, …"));
    const chosen = [0, 1].map(
      (row) => [...coordinates(rows, row, choices).values()].filter((value) => value > 0).length,
    );
    expect(chosen).toEqual([3, 4]);
  });

  test("tell rare architectures apart", () => {
    const rare = createChoiceSpace({
      parameters: {
        kind: ["simple", "rich"],
        variant: { levels: [1, 2, 3, 4], when: { kind: ["simple"] } },
        ...Object.fromEntries(
          Array.from({ length: 24 }, (_, i) => [`switch${i}`, { levels: ["on", "off"], when: { kind: ["rich"] } }]),
        ),
      },
    });
    const texts = [1, 2, 3, 4].map((variant) => `kind=simple,variant=${variant}`);
    const rows = encode(rare, "views", texts.map(rare.parse));
    expect(
      new Set(texts.map((_, row) => rows.data.slice(row * rows.columns, (row + 1) * rows.columns).join())).size,
    ).toBe(4);
    expect(rows.data.every(Number.isFinite)).toBe(true);
  });

  test("are there for any space of choices", () => {
    const anyParameters = fc.dictionary(
      fc.constantFrom("p", "q", "r", "s"),
      fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 4 }),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(anyParameters, (parameters) => {
        const space = createChoiceSpace({ parameters });
        const rows = encodeAll(space, "views");
        const spans = readViews(rows)!;
        meanDistances(rows).forEach((distance, i) => {
          expect(distance).toBeCloseTo(spans[i].spread, 4);
        });
        const different = new Set(
          Array.from({ length: rows.rows }, (_, row) =>
            rows.data.slice(row * rows.columns, (row + 1) * rows.columns).join(),
          ),
        );
        expect(different.size).toBe(rows.rows);
      }),
      { numRuns: 40 },
    );
  });
});
