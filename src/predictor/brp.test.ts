import { describe, expect, it } from "vitest";
import { encodeAll } from "../encoding/index.js";
import { type Matrix, takeRows } from "../kernels/matrix.js";
import { createGenerator } from "../random/index.js";
import { createNasBench201 } from "../space/index.js";
import { kendallTau } from "../stats/index.js";
import { createPredictor, startTraining } from "./index.js";

const features = encodeAll(createNasBench201(), "pruned-graph");
const network = "width=24,layers=3";

/** Cells with a made-up label: more convolutions are better, percent. */
function task(count: number, name: string): { rows: Matrix; labels: Float64Array } {
  const rows = takeRows(features, createGenerator(name).choose(count, features.rows));
  const labels = Float64Array.from({ length: count }, (_, row) => {
    const words = rows.data.subarray(row * rows.columns + 1, row * rows.columns + 9);
    return 60 + words.reduce((sum, word) => sum + (word === 4 ? 4 : word === 3 ? 2 : word === 5 ? 1 : 0), 0);
  });
  return { rows, labels };
}

describe("brp", () => {
  it("ranks cells that it has not seen", async () => {
    const [train, test] = [task(60, "train"), task(200, "test")];
    const predictor = createPredictor(`brp:${network},epochs=40,passes=1,learningRate=0.01`);
    await predictor.fit(train.rows, train.labels, createGenerator(1));
    const { mean } = await predictor.predict(test.rows);
    expect(kendallTau(mean, test.labels)).toBeGreaterThan(0.8);
    const errors = mean.map((value, row) => Math.abs(value - test.labels[row]));
    expect(errors.reduce((sum, error) => sum + error, 0) / 200).toBeLessThan(2);
  });

  it("reads rows of the encoding graph too, and no others", async () => {
    const rows = takeRows(encodeAll(createNasBench201(), "graph"), [1, 20, 300]);
    const predictor = createPredictor(`brp:${network},epochs=1`);
    await predictor.fit(rows, Float64Array.of(1, 2, 3), createGenerator(1));
    expect((await predictor.predict(rows)).mean).toHaveLength(3);
    const numbers = { rows: 1, columns: 30, data: new Float32Array(30) };
    await expect(predictor.fit(numbers, Float64Array.of(1), createGenerator(1))).rejects.toThrow(/no rows of the enc/);
  });
});

describe("a training of brp in stages", () => {
  const [first, second, others] = [task(20, "first"), task(20, "second"), task(30, "others")];

  async function train(continued: boolean, start = 1) {
    const session = startTraining(`brp:${network},passes=0.5`);
    session.add(first.rows, first.labels);
    await session.train({ epochs: 6, batch: 12 }, createGenerator(start));
    const before = await session.predict(others.rows);
    session.add(second.rows, second.labels);
    await session.train({ epochs: 8, batch: 24, continued }, createGenerator(2));
    return { before: [...before.mean], after: [...(await session.predict(others.rows)).mean] };
  }

  it("is the same with the same calls, and carries weights and moments over", async () => {
    const run = await train(false);
    expect(await train(false)).toEqual(run);
    expect((await train(false, 3)).after).not.toEqual(run.after);
    expect((await train(true)).after).not.toEqual(run.after);
    expect(run.before).not.toEqual(run.after);
  });

  it("gives what fit gives after one stage of as many epochs", async () => {
    const session = startTraining(`brp:${network}`);
    session.add(first.rows, first.labels);
    await session.train({ epochs: 9 }, createGenerator(1));
    const predictor = createPredictor(`brp:${network},epochs=9`);
    await predictor.fit(first.rows, first.labels, createGenerator(1));
    expect(await session.predict(others.rows)).toEqual(await predictor.predict(others.rows));
  });

  it("needs rows before it is trained, and a training before it predicts", async () => {
    const session = startTraining(`brp:${network}`);
    await expect(session.predict(others.rows)).rejects.toThrow(/fitted/);
    await expect(session.train({ epochs: 1 }, createGenerator(1))).rejects.toThrow(/before rows were added/);
  });
});
