import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineOptions } from "./options.js";
import { lookUp, resolve } from "./registry.js";

const ridge = { name: "ridge", options: defineOptions({ penalty: z.number().default(1).describe("L2 penalty") }) };
const registry = { ridge };

describe("lookUp", () => {
  it("finds by name", () => {
    expect(lookUp("predictor", registry, "ridge")).toBe(ridge);
  });

  it("names kind and nearest name where there is none", () => {
    expect(() => lookUp("predictor", registry, "rigde")).toThrow(
      expect.objectContaining({
        code: "unknown-predictor",
        message: 'There is no predictor "rigde".',
        hint: 'Did you mean "ridge"?',
      }),
    );
  });

  it("does not take inherited properties for implementations", () => {
    expect(() => lookUp("predictor", registry, "toString")).toThrow('There is no predictor "toString".');
  });
});

describe("resolve", () => {
  it("reads a spec, as text or data, and fills in its options", () => {
    expect(resolve("predictor", registry, "ridge:penalty=2")).toEqual({
      definition: ridge,
      options: { penalty: 2 },
      spec: { name: "ridge", options: { penalty: 2 } },
    });
    expect(resolve("predictor", registry, { name: "ridge", options: {} }).options).toEqual({ penalty: 1 });
  });

  it("says whose option is wrong", () => {
    expect(() => resolve("predictor", registry, "ridge:penalty=high")).toThrow(/"penalty" of predictor ridge/);
    expect(() => resolve("predictor", registry, "ridge:penlty=1")).toThrow(/predictor ridge has no option "penlty"/);
  });
});
