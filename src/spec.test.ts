import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssayError } from "./errors.js";
import { formatSpec, parseSpec } from "./spec.js";

describe("parseSpec", () => {
  it("reads a bare name", () => {
    expect(parseSpec(" ridge ")).toEqual({ name: "ridge", options: {} });
    expect(parseSpec("ridge:")).toEqual({ name: "ridge", options: {} });
    expect(parseSpec("ridge()")).toEqual({ name: "ridge", options: {} });
  });

  it("reads options as what they look like", () => {
    expect(parseSpec("a:whole=10,real=-1.5e-3,yes=true,no=false,text=best test,empty=")).toEqual({
      name: "a",
      options: { whole: 10, real: -0.0015, yes: true, no: false, text: "best test", empty: "" },
    });
    expect(parseSpec("noisy(sigma=0.14)")).toEqual({ name: "noisy", options: { sigma: 0.14 } });
  });

  it("keeps nested specs whole", () => {
    expect(parseSpec("weaknas:predictor=ensemble(member=mlp(layers=3,width=64),size=5),batch=5")).toEqual({
      name: "weaknas",
      options: { predictor: "ensemble(member=mlp(layers=3,width=64),size=5)", batch: 5 },
    });
  });

  it("keeps option names that objects know already", () => {
    const { options } = parseSpec("a:constructor=1,toString=2,__proto__=3");
    expect(Object.hasOwn(options, "constructor")).toBe(true);
    expect(options["toString"]).toBe(2);
  });

  for (const [text, reason] of [
    ["", "a name comes first"],
    ["=1", "a name comes first"],
    ["a b", "a name comes first"],
    ["a:b", '"b" is not key=value'],
    ["a:=1", '"=1" is not key=value'],
    ["a:b=1,b=2", '"b" is given twice'],
    ["a:b=c(d=1", "a bracket is never closed"],
    ["a:b=c)d(", "a bracket closes that was never opened"],
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseSpec(text)).toThrow(AssayError);
      expect(() => parseSpec(text)).toThrow(reason);
    });
  }
});

describe("formatSpec", () => {
  it("writes what parseSpec reads", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const value = fc.oneof(
      fc.integer(),
      fc.boolean(),
      name.filter((text) => text !== "true" && text !== "false"),
      fc.tuple(name, name, fc.integer()).map(([inner, key, number]) => `${inner}(${key}=${number})`),
    );
    const spec = fc.record({
      name,
      options: fc.dictionary(name, value).map((options) => ({ ...options })),
    });
    fc.assert(
      fc.property(spec, (original) => {
        expect(parseSpec(formatSpec(original))).toEqual(original);
      }),
    );
  });
});
