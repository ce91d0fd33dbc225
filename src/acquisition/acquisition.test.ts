import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { acquisitionConformance } from "./conformance.js";
import type { AcquisitionInput } from "./contract.js";
import { acquisitions, createAcquisition, requireFit } from "./index.js";

for (const definition of Object.values(acquisitions)) {
  describe(`conformance of acquisition ${definition.name}`, () => {
    for (const check of acquisitionConformance(definition)) it(check.name, () => check.run());
  });
}

describe("the suite itself", () => {
  const select: Record<string, [(input: AcquisitionInput) => ArrayLike<number>, RegExp]> = {
    "takes what is not eligible": [({ count }) => [...Array(count).keys()], /eligible rows only/],
    "takes a row twice": [({ eligible, count }) => Array(count).fill(eligible[0]), /none twice/],
    "gives too few": [() => [], /as many as asked/],
    "prefers nothing": [({ eligible, count }) => eligible.slice(-count), /far better/],
    "is not decided by its generator": [
      ({ eligible, count }) => createGenerator(performance.now()).shuffle(eligible.slice()).slice(0, count),
      /same with the same generator/,
    ],
    "changes its input": [({ eligible, count }) => eligible.reverse().slice(0, count), /eligible rows only/],
  };
  for (const [mistake, [choose, expected]] of Object.entries(select)) {
    it(`notices an acquisition that ${mistake}`, () => {
      const definition = {
        ...acquisitions.mean,
        create: () => ({ select: (given: AcquisitionInput) => Int32Array.from(choose(given)) }),
      };
      const failed: string[] = [];
      for (const { name, run } of acquisitionConformance(definition)) {
        try {
          run();
        } catch {
          failed.push(name);
        }
      }
      expect(failed.join("\n")).toMatch(expected);
    });
  }
});

function input(values: Partial<AcquisitionInput> & { mean: number[]; deviations?: number[] }): AcquisitionInput {
  const { mean, deviations, ...changes } = values;
  const standardDeviation = deviations && Float64Array.from(deviations);
  return {
    prediction: { mean: Float64Array.from(mean), ...(standardDeviation && { standardDeviation }) },
    eligible: Int32Array.from(mean.keys()),
    count: 1,
    best: 0,
    generator: createGenerator(1),
    ...changes,
  };
}

describe("top", () => {
  const mean = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

  it("draws uniformly from the unseen among the N best", () => {
    const drawn = new Map<number, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const [row] = createAcquisition("top:best=5").select(
        input({ mean, eligible: Int32Array.of(1, 3, 4, 5, 6, 7), generator: createGenerator(seed) }),
      );
      drawn.set(row, (drawn.get(row) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort()).toEqual([1, 3, 4]);
    for (const times of drawn.values()) expect(Math.abs(times - 1000)).toBeLessThan(130);
  });

  it("counts evaluated architectures among the N best, and walks down where too few are left", () => {
    const eligible = Int32Array.of(3, 7, 8, 9, 4);
    const chosen = createAcquisition("top:best=4").select(input({ mean, eligible, count: 3 }));
    expect([...chosen]).toEqual([3, 4, 7]);
  });

  it("gives the draw best first", () => {
    const chosen = createAcquisition("top").select(input({ mean, count: 10 }));
    expect([...chosen]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("ties", () => {
  it("at the border are drawn by lot, not by row number", () => {
    for (const name of ["mean", "top:best=3", "upper-confidence-bound", "expected-improvement", "thompson"]) {
      const taken = new Set<number>();
      for (let seed = 0; seed < 100; seed++) {
        const values = input({ mean: [2, 1, 1, 1, 1, 0], deviations: Array(6).fill(1), count: 3 });
        const prediction = { ...values.prediction, members: [values.prediction.mean] };
        const chosen = createAcquisition(name).select({ ...values, prediction, generator: createGenerator(seed) });
        expect(chosen).toContain(0);
        for (const row of chosen) taken.add(row);
      }
      expect([name, ...[...taken].sort()]).toEqual([name, 0, 1, 2, 3, 4]);
    }
  });
});

describe("acquisitions with uncertainty", () => {
  it("trade mean for deviation", () => {
    const values = { mean: [1, 0.9, 0.2], deviations: [0.01, 0.5, 0.6], best: 1.05 };
    expect([...createAcquisition("mean").select(input(values))]).toEqual([0]);
    expect([...createAcquisition("upper-confidence-bound:beta=0").select(input(values))]).toEqual([0]);
    expect([...createAcquisition("upper-confidence-bound:beta=1").select(input(values))]).toEqual([1]);
    expect([...createAcquisition("expected-improvement").select(input({ ...values, count: 3 }))]).toEqual([1, 2, 0]);
    expect([...createAcquisition("probability-of-improvement").select(input({ ...values, count: 3 }))]).toEqual([
      1, 2, 0,
    ]);
  });

  it("rank by the mean where no candidate has a chance", () => {
    const values = { mean: [1, 3, 2, 4], deviations: [0, 0, 0, 0], best: 5, count: 3 };
    expect([...createAcquisition("expected-improvement").select(input(values))]).toEqual([3, 1, 2]);
    expect([...createAcquisition("probability-of-improvement").select(input(values))]).toEqual([3, 1, 2]);
  });

  it("independent-thompson draws each candidate on its own", () => {
    const taken = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const values = { mean: [0, 0, 0, -100], deviations: [1, 1, 1, 1], generator: createGenerator(seed) };
      taken.add(createAcquisition("independent-thompson").select(input(values))[0]);
    }
    expect([...taken].sort()).toEqual([0, 1, 2]);
  });

  it("thompson takes the favourite of a member", () => {
    const members = [Float64Array.of(3, 1, 0, 2), Float64Array.of(0, 1, 3, 2)];
    const taken = new Set<number>();
    for (let seed = 0; seed < 50; seed++) {
      const prediction = { mean: new Float64Array(4), members };
      const chosen = createAcquisition("thompson").select(
        input({ mean: [], prediction, eligible: Int32Array.of(0, 1, 2), generator: createGenerator(seed) }),
      );
      taken.add(chosen[0]);
    }
    expect([...taken].sort()).toEqual([0, 2]);
  });
});

describe("misfits", () => {
  it("name the acquisition, the predictor and the way out", () => {
    const predictor = { name: "mlp", uncertainty: "none" } as const;
    expect(() => requireFit(acquisitions["expected-improvement"], predictor)).toThrow(
      'Acquisition "expected-improvement" needs standard deviations, which predictor "mlp" does not give.',
    );
    expect(() => requireFit(acquisitions.thompson, { name: "x", uncertainty: "standard-deviation" })).toThrow(
      "needs the members of an ensemble",
    );
    expect(() => requireFit(acquisitions.mean, predictor)).not.toThrow();
    expect(() => requireFit(acquisitions.thompson, { name: "ensemble", uncertainty: "members" })).not.toThrow();
  });

  it("show in predictions too", () => {
    for (const name of ["expected-improvement", "thompson"]) {
      expect(() => createAcquisition(name).select(input({ mean: [1, 2] }))).toThrow(/does not hold/);
    }
  });

  it("in names and options are refused", () => {
    expect(() => createAcquisition("tpo")).toThrow('There is no acquisition "tpo".');
    expect(() => createAcquisition("top:best=0")).toThrow('Option "best" of acquisition top');
  });
});

it("ties of a whole large space are drawn by lot, more of them than a call may have arguments", () => {
  const rows = 300_000;
  const eligible = Int32Array.from({ length: rows }, (_, row) => row);
  const prediction = { mean: new Float64Array(rows) };
  const input = { prediction, eligible, count: 5, best: 0, generator: createGenerator(1) };
  expect(createAcquisition("top:best=250000").select(input)).toHaveLength(5);
});
