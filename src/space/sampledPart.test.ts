import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { spaceConformance } from "./conformance.js";
import type { CostView } from "./contract.js";
import { createChoiceSpace, limitsOf, parseLimit, restrictSpace } from "./index.js";

/** 8^14 architectures, too many to be listed; the cost of each is the sum of its levels, 0 to 98. */
const large = createChoiceSpace({
  name: "large",
  parameters: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`p${i}`, [0, 1, 2, 3, 4, 5, 6, 7]])),
  cost: { sum: Array.from({ length: 14 }, (_, i) => `p${i}`).join(" + "), first: "p0" },
});
const sumOf = (architecture: Int32Array) => architecture.reduce((sum, level) => sum + level, 0);
const limited = (...limits: string[]) => restrictSpace(large, { limits: limits.map(parseLimit) });

describe("a part of a space that is too large to be listed", () => {
  const common = limited("sum<=49");
  const rare = limited("sum<=12", "first>=2");

  it("is drawn from where many keep the limits, and walked to where few do", () => {
    expect(large.enumeration).toBeUndefined();
    expect(common.enumeration).toBeUndefined();
    expect(common.feasible.isExact).toBe(false);
    expect(common.feasible.count / common.feasible.of).toBeGreaterThan(0.3);
    expect(rare.feasible).toEqual({ count: 0, of: 20_000, isExact: false });
    expect(limitsOf(rare).map(({ cost }) => cost)).toEqual(["sum", "first"]);
    expect(common.size).toBe(large.size);
    expect(common.views).toBe(large.views);
  });

  for (const [title, space] of Object.entries({ common, rare })) {
    const suite = spaceConformance(space, { mutantsAreNeighbours: false, samples: 40 });
    for (const { name, skip, run } of suite) if (skip === undefined) it(`${title}: ${name}`, run);
  }

  it("gives nothing that breaks a limit, whatever the limits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 98 }), fc.integer({ min: 0, max: 98 }), fc.nat(), (a, b, seed) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const space = limited(`sum>=${low}`, `sum<=${high}`);
        const generator = createGenerator(seed);
        for (let i = 0; i < 3; i++) {
          const architecture = space.sample(generator);
          const near = space.neighbours(architecture);
          if (high === 0 || low === 98) expect(near).toEqual([]);
          else near.push(space.mutate(architecture, generator));
          for (const one of [architecture, space.canonical(architecture), ...near]) {
            expect(sumOf(one)).toBeGreaterThanOrEqual(low);
            expect(sumOf(one)).toBeLessThanOrEqual(high);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("says what is nearest where nothing keeps the limits", () => {
    expect(() => limited("sum<=-1")).toThrow(
      /No architecture of large keeps sum<=-1: among 20,000 samples and 20 walks the smallest sum is \d+/,
    );
    expect(() => limited("first>=5", "first<=4")).toThrow(/largest first is 7, the smallest first is 0/);
    const unknown: CostView = {
      metrics: [{ name: "latency", unit: "" }],
      write: (_, values) => values.fill(Number.NaN),
    };
    expect(() => restrictSpace(large, { limits: [parseLimit("latency<=5")], costs: unknown })).toThrow(
      /latency is known of none/,
    );
  });

  it("says that a single architecture is nothing to search, and why others do not belong", () => {
    const single = limited("sum<=0");
    expect(() => single.mutate(single.sample(createGenerator(1)), createGenerator(2))).toThrow(/Only one architecture/);
    const outside = large.format(new Int32Array(14).fill(7));
    expect(() => common.parse(outside)).toThrow(/it has 98 sum, more than 49/);
  });
});
