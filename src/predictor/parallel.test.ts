import { describe, expect, it } from "vitest";
import type { Matrix } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import { createGenerator } from "../random/index.js";
import { createPredictor } from "./index.js";
import { predictorTasks } from "./tasks.js";

/** Runs tasks on this thread, but sends everything through structured clone as threads do. */
function clonePool(threads: number): WorkerPool & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    threads,
    ran,
    async run<Input, Output>(task: string, input: Input): Promise<Output> {
      ran.push(task);
      const run = predictorTasks[task] as unknown as (input: Input) => Promise<Output>;
      return structuredClone(await run(structuredClone(input)));
    },
    close: async () => {},
  };
}

function randomBits(rows: number, shared: boolean): Matrix {
  const generator = createGenerator(rows);
  const bytes = 4 * rows * 9;
  const data = new Float32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  for (let i = 0; i < data.length; i++) data[i] = generator.integer(2);
  return { rows, columns: 9, data };
}

const training = randomBits(60, true);
const noise = createGenerator("noise");
const labels = Float64Array.from({ length: 60 }, (_, row) => 90 + training.data[row * 9] + noise.normal());

describe("createPredictor with a pool", () => {
  const specs = [
    "ridge",
    "gaussian-process:iterations=5",
    "gradient-boosting:rounds=20",
    "random-forest:trees=30",
    "random-forest:trees=900,depth=3",
    "ensemble:member=gradient-boosting(rounds=10,subsample=0.7),size=3",
    "ensemble:member=ensemble(member=random-forest(trees=5),size=2),size=2",
  ];
  for (const spec of specs) {
    it(`says the same for any number of threads: ${spec}`, async () => {
      const rows = randomBits(13_001, true);
      const alone = createPredictor(spec);
      await alone.fit(training, labels, createGenerator(4));
      const expected = await alone.predict(rows);
      for (const threads of [1, 2, 5]) {
        const pool = clonePool(threads);
        const predictor = createPredictor(spec, { pool });
        await predictor.fit(training, labels, createGenerator(4));
        expect(await predictor.predict(rows)).toEqual(expected);
        const pieces = pool.ran.filter((task) => task === "predict-rows").length;
        expect(pieces).toBe(threads === 1 ? 0 : Math.min(threads, 3));
        expect(pool.ran.includes("fit-predictor")).toBe(threads > 1 && spec.startsWith("ensemble"));
        expect(pool.ran.includes("grow-forest")).toBe(threads > 1 && spec.includes("900"));
        if (!spec.startsWith("ensemble")) expect(predictor.exportModel()).toEqual(alone.exportModel());
      }
    });
  }

  it("copies rows that lie in memory that cannot be shared, and those only", async () => {
    const rows = randomBits(9000, false);
    const predictor = createPredictor("ridge", { pool: clonePool(2) });
    await predictor.fit(training, labels, createGenerator(4));
    const alone = createPredictor("ridge");
    await alone.fit(training, labels, createGenerator(4));
    expect(await predictor.predict(rows)).toEqual(await alone.predict(rows));
  });

  it("keeps few rows on the calling thread", async () => {
    const pool = clonePool(2);
    const predictor = createPredictor("ridge", { pool });
    await predictor.fit(training, labels, createGenerator(4));
    await predictor.predict(training);
    expect(pool.ran).toEqual([]);
  });

  it("refuses to predict many rows before it was fitted", async () => {
    const predictor = createPredictor("ridge", { pool: clonePool(2) });
    await expect(predictor.predict(randomBits(13_000, true))).rejects.toThrow(/before it was fitted/);
  });
});

describe("ensemble", () => {
  it("has the mean and the spread of members that differ in their seeds", async () => {
    const predictor = createPredictor("ensemble:member=random-forest(trees=10),size=4");
    await predictor.fit(training, labels, createGenerator(4));
    const { mean, standardDeviation, members = [] } = await predictor.predict(training);
    expect(members.length).toBe(4);
    expect(members[0]).not.toEqual(members[1]);
    const singles = await Promise.all(
      [0, 1, 2, 3].map(async (i) => {
        const member = createPredictor("random-forest:trees=10");
        await member.fit(training, labels, createGenerator(4).split(i));
        return member.predict(training);
      }),
    );
    for (let row = 0; row < 60; row++) {
      const means = singles.map((single) => single.mean[row]);
      expect(members.map((member) => member[row])).toEqual(means);
      const centre = means.reduce((sum, value) => sum + value, 0) / 4;
      expect(mean[row]).toBeCloseTo(centre, 10);
      const between = means.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / 4;
      const within = singles.reduce((sum, single) => sum + (single.standardDeviation?.[row] ?? 0) ** 2, 0) / 4;
      expect(standardDeviation?.[row]).toBeCloseTo(Math.sqrt(between + within), 10);
    }
  });

  it("names a member that does not exist", () => {
    expect(() => createPredictor("ensemble:member=random-forrest")).toThrow(
      expect.objectContaining({ code: "unknown-predictor", hint: 'Did you mean "random-forest"?' }),
    );
  });
});
