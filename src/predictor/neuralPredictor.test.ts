import { describe, expect, it } from "vitest";
import { encodeAll } from "../encoding/index.js";
import { takeRows } from "../kernels/matrix.js";
import { createGenerator } from "../random/index.js";
import { createNasBench201 } from "../space/index.js";
import { kendallTau } from "../stats/index.js";
import { createPredictor } from "./index.js";

const features = encodeAll(createNasBench201(), "pruned-graph");
const rows = takeRows(features, createGenerator(1).choose(120, features.rows));
/** More convolutions are better, percent. */
const labels = Float64Array.from({ length: rows.rows }, (_, row) => {
  const words = rows.data.subarray(row * rows.columns + 1, row * rows.columns + 9);
  return 60 + words.reduce((sum, word) => sum + (word === 4 ? 4 : word === 3 ? 2 : word === 5 ? 1 : 0), 0);
});
const train = takeRows(
  rows,
  Array.from({ length: 80 }, (_, row) => row),
);
const test = takeRows(
  rows,
  Array.from({ length: 40 }, (_, row) => 80 + row),
);
const quick = "width=24,hidden=24,epochs=25,learningRate=0.005";

async function predict(spec: string, given = labels): Promise<Float64Array> {
  const predictor = createPredictor(spec);
  await predictor.fit(train, given.slice(0, 80), createGenerator(1));
  return (await predictor.predict(test)).mean;
}

describe("neural-predictor", () => {
  it("ranks cells that it has not seen, in one stage and in two", async () => {
    const truth = labels.slice(80);
    expect(kendallTau(await predict(`neural-predictor:${quick}`), truth)).toBeGreaterThan(0.8);
    expect(kendallTau(await predict(`neural-predictor:${quick},twoStage=true`), truth)).toBeGreaterThan(0.7);
  });

  it("puts what the classifier sorts out below the threshold", async () => {
    const mean = await predict(`neural-predictor:${quick},twoStage=true,threshold=67`);
    const truth = labels.slice(80);
    const sorted = mean
      .map((value, row) => Number(value >= 67 === truth[row] >= 67))
      .reduce((sum, one) => sum + one, 0);
    expect(sorted).toBeGreaterThan(32);
    expect(mean.some((value) => value < 67)).toBe(true);
    // The regressor knows good ones only.
    expect(Math.max(...mean)).toBeGreaterThan(70);
  });

  it("is one stage where all labels lie on one side", async () => {
    const one = await predict(`neural-predictor:${quick}`);
    expect(await predict(`neural-predictor:${quick},twoStage=true,threshold=10`)).toEqual(one);
    expect(await predict(`neural-predictor:${quick},twoStage=true,threshold=99`)).toEqual(one);
  });
});
