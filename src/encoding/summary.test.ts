import { describe, expect, it } from "vitest";
import { createConditionalSpace } from "../../test/fixtures/conditionalSpace.js";
import type { SearchSpace } from "../space/contract.js";
import { createNasBench201, createTinyNasBench201 } from "../space/index.js";
import { bindEncoding, encode, encodeAll, misfitOf } from "./index.js";

const nasbench201 = createNasBench201();
const tiny = createTinyNasBench201();

describe("summary", () => {
  it("is columns of one scale: mean 0, and a deviation of 1 unless a value is rare", () => {
    const { rows, columns, data } = encodeAll(nasbench201, "summary");
    for (let column = 0; column < columns; column++) {
      const values = Array.from({ length: rows }, (_, row) => data[row * columns + column]);
      const mean = values.reduce((sum, value) => sum + value / rows, 0);
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0));
      // Measured on a sample of 1,000.
      expect(Math.abs(mean)).toBeLessThan(0.15);
      expect(deviation).toBeGreaterThan(0.85);
      expect(deviation).toBeLessThan(1.15);
    }
  });

  it("tells costs and the graph, and nothing that is constant", () => {
    const names = bindEncoding(nasbench201, "summary").columnNames;
    expect(names).toContain("log(1+flops)");
    expect(names).toContain("most nor_conv_3x3");
    expect(names).toContain("longest path");
    const withoutConvolutions = bindEncoding(tiny, "summary").columnNames;
    expect(withoutConvolutions).toContain("most nor_conv_1x1");
    expect(withoutConvolutions.filter((name) => name.includes("3x3"))).toEqual(
      names.filter((name) => name.includes("avg_pool_3x3")),
    );
  });

  it("reads the same for cells that compute the same", () => {
    // A copy of the input that is convolved is the input convolved; what ends in nothing is nothing.
    const [first, second, other] = [
      "|nor_conv_1x1~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|",
      "|skip_connect~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|none~0|nor_conv_1x1~1|none~2|",
      "|nor_conv_1x1~0|+|none~0|none~1|+|none~0|nor_conv_1x1~1|none~2|",
    ].map((text) => [...encode(nasbench201, "summary", [nasbench201.parse(text)]).data].slice(2));
    // The third vertex is not read in either; its cost, in the first two columns, is all that differs.
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });

  it("has the choices where there is no graph", () => {
    const conditional = createConditionalSpace();
    const { columnNames } = bindEncoding(conditional, "summary");
    const oneHot = bindEncoding(conditional, "one-hot").columnNames;
    expect(columnNames.slice(0, oneHot.length)).toEqual(oneHot);
    expect(columnNames.length).toBeGreaterThan(oneHot.length);
    const architecture = new Int32Array(conditional.genes);
    const row = [...encode(conditional, "summary", [architecture]).data].slice(0, oneHot.length);
    expect(row).toEqual([...encode(conditional, "one-hot", [architecture]).data]);
  });

  it("says what is missing, and where nothing differs", () => {
    const bare: SearchSpace = { ...nasbench201, views: {} };
    expect(misfitOf(bare, "summary")).toBe(
      "summary has nothing to read: nasbench201 has neither parameters nor a graph nor costs.",
    );
    const alike: SearchSpace = {
      ...nasbench201,
      views: { cost: { metrics: [{ name: "flops", unit: "MAC" }], write: (_, values) => values.fill(7) } },
    };
    expect(misfitOf(alike, "summary")).toBe(
      "summary cannot tell the architectures of nasbench201 apart: all look the same.",
    );
  });
});
