import { describe, expect, test } from "vitest";
import { encode } from "../../encoding/index.js";
import { AssayError } from "../../errors.js";
import { createGenerator } from "../../random/index.js";
import { createNanoBench } from "../../space/index.js";
import { planGraphs } from "./graphPlan.js";
import { graphShapeOf } from "./graphRows.js";

const space = createNanoBench();
const generator = createGenerator("plan");
const features = encode(
  space,
  "graph",
  Array.from({ length: 40 }, () => space.sample(generator)),
);
const shape = graphShapeOf(features);
const all = Array.from({ length: features.rows }, (_, row) => row);

describe("planGraphs", () => {
  test("is kept with the matrix, and so are the blocks of all graphs", () => {
    const plan = planGraphs(features, shape);
    expect(planGraphs({ ...features }, shape)).toBe(plan);
    expect(plan.blocksOf(all)).toBe(plan.blocksOf(all));
    const rows = [...plan.blocksOf(all)].flatMap((block) => [...block.rows]);
    expect(rows.toSorted((a, b) => a - b)).toEqual(all);
  });

  test("plans a part anew, and the same as in a matrix of its own memory", () => {
    const plan = planGraphs(features, shape);
    const other = planGraphs({ ...features, data: features.data.slice() }, shape);
    expect(other).not.toBe(plan);
    const part = all.filter((row) => row % 3 === 0);
    const [some, same] = [plan, other].map((one) => [...one.blocksOf(part)]);
    expect(some).toEqual(same);
    expect(some.flatMap(({ rows }) => [...rows]).toSorted((a, b) => a - b)).toEqual(part);
    expect([...plan.blocksOf(all)]).toEqual([...other.blocksOf(all)]);
  });

  test("does not take fewer rows of the same memory, or another shape, for the matrix that it knows", () => {
    const plan = planGraphs(features, shape);
    const fewer = planGraphs({ ...features, rows: 20 }, shape);
    expect(fewer.graphs.count).toBe(20);
    expect(fewer).not.toBe(plan);
    expect(() => planGraphs(features, { ...shape, words: shape.words + 1 })).toThrow(AssayError);
    expect(() => planGraphs({ ...features, rows: 10, columns: features.columns + 1 }, shape)).toThrow(AssayError);
  });
});
