import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapSpec } from "./spec.js";

test("options of a long spec stand below its name", () => {
  expect(wrapSpec("weaknas:batch=5", 21)).toBe("weaknas:batch=5");
  expect(wrapSpec("weaknas:predictor=gradient-boosting,top=50", 21)).toBe(
    "weaknas\n predictor=\n  gradient-boosting\n top=50",
  );
  expect(wrapSpec("weaknas:predictor=mlp(layers=3,width=64)", 28)).toBe(
    "weaknas\n predictor=\n  mlp(layers=3,width=64)",
  );
  expect(wrapSpec("weaknas:predictor=gradient-boosting(depth=3)", 21)).toBe(
    "weaknas\n predictor=\n  gradient-boosting(\ndepth=3)",
  );
});

test("no line is too long and no letter is lost", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z(),:=]{0,60}$/), fc.integer({ min: 4, max: 30 }), (spec, width) => {
      const wrapped = wrapSpec(spec, width);
      for (const line of wrapped.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
      const letters = (text: string) => text.replace(/[^a-z=()]/g, "");
      expect(letters(wrapped)).toBe(letters(spec));
    }),
  );
});
