import { describe, expect, test } from "vitest";
import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import { budgetLimited } from "./budgetLimited.js";
import {
  type Benchmark,
  benchmarkFromHandle,
  benchmarkFromPack,
  createPack,
  noisy,
  optima,
  randomSeed,
} from "./index.js";

const size = 15_625;

/** A made-up benchmark over NAS-Bench-201: labels rise with the index, the second seed covers every other cell. */
function madeBenchmark(labelSplit = "validation"): Benchmark {
  const mean = Float64Array.from({ length: size }, (_, i) => i / 1000);
  const first = mean.map((value) => value + 100);
  const second = mean.map((value, i) => (i % 2 === 0 ? value + 200 : Number.NaN));
  const columns = new Map(Object.entries({ valid: mean, test: mean.map((value) => -value), first, second }));
  columns.set("train_time", new Float64Array(size).fill(10));
  const metric = (name: string, unit: string, seed?: string) => ({
    ...{ name, unit, split: labelSplit, epoch: 200, description: `the metric ${name}` },
    ...(seed === undefined ? {} : { seed }),
  });
  return benchmarkFromPack(
    createPack({
      metadata: {
        name: "made/up",
        title: "Made up",
        space: { name: "nasbench201", options: {} },
        metrics: [
          metric("valid", "percent", "mean"),
          metric("test", "percent"),
          metric("first", "percent", "777"),
          metric("second", "percent", "888"),
          metric("train_time", "seconds"),
        ],
        label: "valid",
        labelRule: "mean",
        seedLabels: { 777: "first", 888: "second" },
        test: "test",
        source: "made up",
        licence: "none",
        notes: [],
      },
      columns,
      text: new Map(),
    }),
  );
}

describe("label rules", () => {
  const benchmark = madeBenchmark();
  const of = (rule: string | undefined, seed = 1) => benchmark.labels(rule, createGenerator(seed));

  test("mean is the default, without a copy", () => {
    expect(of(undefined)).toMatchObject({ rule: "mean" });
    expect(of("mean").values).toBe(of(undefined).values);
    expect(of("mean").description).toMatch(/the metric valid; percent; split validation; 200 epochs; seed mean/);
  });
  test("seed:<id> and the name of a metric give that column", () => {
    expect(of("seed:777").values[5]).toBe(100.005);
    expect(of("seed:888").values[5]).toBeNaN();
    expect(of("test").values[5]).toBe(-0.005);
  });
  test("noisy adds normal noise of that size, the same for the same generator", () => {
    const { values, rule, description } = of("noisy(0.14)");
    expect(rule).toBe("noisy(0.14)");
    expect(description).toMatch(/normal noise of standard deviation 0\.14, one draw for each architecture/);
    const noise = values.map((value, i) => value - i / 1000);
    const mean = noise.reduce((sum, value) => sum + value, 0) / size;
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size);
    expect(Math.abs(mean)).toBeLessThan(5 * (0.14 / Math.sqrt(size)));
    expect(Math.abs(deviation - 0.14)).toBeLessThan(0.005);
    expect(of("noisy(0.14)").values).toEqual(values);
    expect(of("noisy(0.14)", 2).values).not.toEqual(values);
    expect(of("noisy(0)").values).toEqual(of("mean").values);
  });
  test("noise does not depend on how many numbers the generator gave before", () => {
    const used = createGenerator(1);
    for (let i = 0; i < 10; i++) used.uniform();
    expect(benchmark.labels("noisy(0.14)", used).values).toEqual(of("noisy(0.14)").values);
  });
  test("noise on test accuracies says that it is no validation accuracy", () => {
    const description = madeBenchmark("test").labels("noisy(0.14)", createGenerator(1)).description;
    expect(description).toMatch(/not a validation accuracy/);
    expect(of("noisy(0.14)").description).not.toMatch(/not a validation accuracy/);
  });
  test("random-seed draws among the trained seeds", () => {
    const { values, description } = of("random-seed");
    const seconds = values.filter((value, i) => value === i / 1000 + 200).length;
    const firsts = values.filter((value, i) => value === i / 1000 + 100).length;
    expect(firsts + seconds).toBe(size);
    expect(Math.abs(seconds - size / 4)).toBeLessThan(300);
    expect(description).toMatch(/one drawn for each architecture/);
    expect(of("random-seed").values).toEqual(values);
    expect(of("random-seed", 2).values).not.toEqual(values);
  });
  test.each([
    ["noisy(-1)", /standard deviation of 0 or more/],
    ["noisy()", /standard deviation of 0 or more/],
    ["noisy(much)", /standard deviation of 0 or more/],
    ["seed:1", /no training seed "1" \(it has 777, 888\)/],
    ["vaild", /no label rule or metric "vaild"/],
    ["__proto__", /no label rule or metric/],
    ["seed:__proto__", /no training seed/],
  ])("%s is refused", (rule, message) => {
    expect(() => of(rule)).toThrow(AssayError);
    expect(() => of(rule)).toThrow(message);
  });
  test("a misspelt rule gets the nearest one", () => {
    try {
      of("vaild");
      expect.unreachable();
    } catch (error) {
      expect((error as AssayError).hint).toMatch(/Did you mean "valid"\?.*noisy\(<sigma>\), random-seed, seed:777/);
    }
  });
});

describe("decorators", () => {
  test("noisy and randomSeed change the default only", () => {
    const benchmark = madeBenchmark();
    const harder = noisy(benchmark, { sigma: 0.5 });
    expect(harder.metadata.labelRule).toBe("noisy(0.5)");
    expect(harder.labels(undefined, createGenerator(1)).rule).toBe("noisy(0.5)");
    expect(harder.labels("mean", createGenerator(1)).rule).toBe("mean");
    expect(randomSeed(benchmark).labels(undefined, createGenerator(1)).rule).toBe("random-seed");
    expect(benchmark.metadata.labelRule).toBe("mean");
    expect(() => noisy(benchmark, { sigma: Number.NaN })).toThrow(AssayError);
  });
  test("a decorated benchmark keeps its rule on another thread", () => {
    const handle = structuredClone(noisy(madeBenchmark(), { sigma: 0.5 }).handle());
    expect(benchmarkFromHandle(handle).labels(undefined, createGenerator(1)).rule).toBe("noisy(0.5)");
  });
  test("budgetLimited stops after its queries", () => {
    const { budget } = budgetLimited(madeBenchmark(), { queries: 3 });
    expect([1, 1, 2].map((index) => budget.pay(index))).toEqual([true, true, true]);
    expect(budget).toMatchObject({ spentQueries: 3, spentSeconds: 0, exhausted: true });
    expect(budget.pay(4)).toBe(false);
    expect(budget.spentQueries).toBe(3);
  });
  test("budgetLimited stops after its seconds", () => {
    const { budget } = budgetLimited(madeBenchmark(), { seconds: 25 });
    expect([1, 2, 3].map((index) => budget.pay(index))).toEqual([true, true, false]);
    expect(budget).toMatchObject({ spentQueries: 2, spentSeconds: 20, exhausted: true });
  });
  test("budgetLimited refuses what it cannot count", () => {
    expect(() => budgetLimited(madeBenchmark(), {})).toThrow(/queries, of seconds, or both/);
    expect(() => budgetLimited(madeBenchmark(), { queries: -1 })).toThrow(/0 or more/);
    expect(() => budgetLimited(madeBenchmark(), { seconds: 1, secondsColumn: "valid" })).toThrow(/no training times/);
    const { budget } = budgetLimited(madeBenchmark(), { seconds: 25 });
    expect(() => budget.pay(size)).toThrow(/no training time for architecture 15625/);
  });
});

test("optima: all positions tied at the best, NaN left out", () => {
  expect([...optima([1, 3, Number.NaN, 3, 2])]).toEqual([1, 3]);
  expect([...optima([Number.NaN])]).toEqual([]);
  expect([...optima([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])]).toEqual([0, 1]);
  expect([...optima([])]).toEqual([]);
});
