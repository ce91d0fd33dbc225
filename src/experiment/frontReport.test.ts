import { describe, expect, it } from "vitest";
import { createCatalogue } from "../space/catalogue.js";
import { createSpace } from "../space/index.js";
import { readObjectives } from "../strategy/index.js";
import type { Trial } from "../study/index.js";
import { frontSchema, reportFront } from "./frontReport.js";
import { tableFront } from "./tableFront.js";

const catalogue = createCatalogue(createSpace("nasbench201"));
const objectives = readObjectives("accuracy,latency:min", catalogue)!;

function trial(number: number, label: number, latency?: number): Trial {
  const failure = Number.isNaN(label) ? { failure: "broke" } : {};
  return {
    number,
    architecture: number,
    label,
    metrics: latency === undefined ? {} : { latency },
    seconds: 1,
    ...failure,
  };
}

describe("the front of a search", () => {
  const trials = [trial(0, 90, 5), trial(1, 93, 9), trial(2, Number.NaN), trial(3, 91, 5), trial(4, 80, 10)];

  it("has its members, the best label first, its hypervolume and the reference point", () => {
    const { front } = reportFront([...trials, trial(5, 91, 5), trial(6, 99)], objectives, undefined);
    expect(frontSchema.parse(front)).toEqual(front);
    expect(front?.members).toEqual([
      { number: 1, values: [93, 9] },
      { number: 3, values: [91, 5] },
    ]);
    expect(front?.reference[0]).toBeCloseTo(78.7, 10);
    expect(front?.reference[1]).toBeCloseTo(10.5, 10);
    expect(front?.hypervolume).toBeCloseTo((93 - 78.7) * 1.5 + (91 - 78.7) * 4, 8);
    expect(front?.table).toBeUndefined();
  });

  it("is absent where there is one objective, or nothing was evaluated successfully", () => {
    expect(reportFront(trials, undefined, undefined)).toEqual({});
    expect(reportFront([trial(0, Number.NaN)], objectives, undefined)).toEqual({});
  });
});

describe("the front of a table", () => {
  const values = new Float64Array(catalogue.size).fill(Number.NaN);
  const known = readObjectives("accuracy,flops", catalogue)!;
  const cost = (row: number): number => known[1].known?.(row) as number;
  // Three architectures of different costs, the dearest of them the worst.
  const rows = Array.from(values.keys())
    .sort((a, b) => cost(a) - cost(b))
    .filter((_, i) => i % 5_000 === 0);
  const labels = { values, rule: "made up", description: "" };
  for (const [i, row] of rows.entries()) values[row] = [80, 90, 70, 60][i];

  it("compares a search with the best that there is", () => {
    const front = tableFront(labels, known)!;
    expect(front.rows).toEqual(rows.slice(0, 2).sort((a, b) => a - b));
    expect(front.size).toBe(2);
    expect(front.compare(rows)).toEqual({ found: 2, share: 1 });
    const part = front.compare([rows[0], rows[2]]);
    expect(part.found).toBe(1);
    expect(part.share).toBeGreaterThan(0);
    expect(part.share).toBeLessThan(1);
    expect(front.compare([])).toEqual({ found: 0, share: 0 });
  });

  it("is not known where an objective has to be measured", () => {
    expect(tableFront(labels, objectives)).toBeUndefined();
  });
});
