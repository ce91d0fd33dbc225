import { describe, expect, it } from "vitest";
import { canShareMemory, createMatrix, type Matrix } from "../kernels/matrix.js";
import type { OptionValues } from "../options.js";
import { createGenerator } from "../random/index.js";
import { mlpDefinition } from "./mlp.js";

/** All 64 rows of six bits, and accuracies in percent that depend on them. */
function allRows(): { features: Matrix; labels: Float64Array } {
  const features = createMatrix(64, 6);
  for (let row = 0; row < 64; row++) {
    for (let bit = 0; bit < 6; bit++) features.data[row * 6 + bit] = (row >> bit) & 1;
  }
  const labels = Float64Array.from({ length: 64 }, (_, row) => 90 + (row % 8) / 8 - (row & 16 ? 0.5 : 0));
  return { features, labels };
}

const small: OptionValues = { layers: 2, width: 24, learningRate: 0.01, epochs: 300 };
const create = (options: OptionValues = small) => mlpDefinition.create(options, {});

describe("the mlp predictor", () => {
  it("predicts in the unit of the labels", async () => {
    const { features, labels } = allRows();
    for (const standardise of [true, false]) {
      const predictor = create({ ...small, standardise, batch: 8 });
      await predictor.fit(features, labels, createGenerator(1));
      const { mean } = await predictor.predict(features);
      const worst = Math.max(...mean.map((value, row) => Math.abs(value - labels[row])));
      expect(worst).toBeLessThan(standardise ? 0.2 : 5);
    }
  });

  it("gives the same when labels are shifted and stretched, if it standardises", async () => {
    const { features, labels } = allRows();
    const plain = create();
    const moved = create();
    await plain.fit(features, labels, createGenerator(1));
    await moved.fit(
      features,
      labels.map((label) => label * 4 - 128),
      createGenerator(1),
    );
    const { mean } = await plain.predict(features);
    const other = await moved.predict(features);
    other.mean.forEach((value, row) => {
      expect(value).toBeCloseTo(mean[row] * 4 - 128, 2);
    });
  });

  it("learns equal labels", async () => {
    const { features } = allRows();
    const predictor = create();
    await predictor.fit(features, new Float64Array(64).fill(91.5), createGenerator(1));
    const { mean } = await predictor.predict(features);
    for (const value of mean) expect(Math.abs(value - 91.5)).toBeLessThan(0.2);
  });

  it("learns a single row", async () => {
    const predictor = create();
    await predictor.fit({ rows: 1, columns: 2, data: Float32Array.of(1, 0) }, Float64Array.of(93), createGenerator(1));
    const { mean } = await predictor.predict({ rows: 1, columns: 2, data: Float32Array.of(1, 0) });
    expect(mean[0]).toBeCloseTo(93, 0);
  });

  it("sends what it learnt to another predictor, in shared memory where there is any", async () => {
    const { features, labels } = allRows();
    const predictor = create();
    expect(predictor.exportModel()).toBeUndefined();
    await predictor.fit(features, labels, createGenerator(1));
    const model = structuredClone(predictor.exportModel()!);
    const shared = (model.layers as Float32Array[]).every((layer) => !(layer.buffer instanceof ArrayBuffer));
    expect(shared).toBe(canShareMemory);
    const other = create();
    other.importModel(model);
    expect(await other.predict(features)).toEqual(await predictor.predict(features));
  });

  it("depends on nothing but data and seed", async () => {
    const { features, labels } = allRows();
    const predictor = create();
    await predictor.fit(features, labels, createGenerator(1));
    const first = await predictor.predict(features);
    await predictor.fit(features, labels, createGenerator(2));
    expect(await predictor.predict(features)).not.toEqual(first);
    await predictor.fit(features, labels, createGenerator(1));
    expect(await predictor.predict(features)).toEqual(first);
  });

  it("refuses options that cannot be right", () => {
    expect(() => create({ layers: 0 })).toThrow(/"layers" of predictor mlp/);
    expect(() => create({ widht: 10 })).toThrow(/no option "widht"/);
  });
});
