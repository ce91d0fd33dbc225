import { describe, expect, it } from "vitest";
import { encodeAll } from "../../encoding/index.js";
import { createMatrix, type Matrix, takeRows } from "../../kernels/matrix.js";
import type { NetworkBuilder } from "../../nn/builder.js";
import { type GradientCheckOptions, gradientError } from "../../nn/gradientCheck.js";
import type { Tensor } from "../../nn/tensor.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench201 } from "../../space/index.js";
import { createPredictor, startTraining } from "../index.js";
import { attention } from "./attention.js";
import { gconvGroup } from "./gconvGroup.js";
import { graphShapeOf, writeGraphs } from "./graphRows.js";
import { createLabelScale, LABEL_SCALES, labelOf, targetOf } from "./labelScale.js";

const features = encodeAll(createNasBench201(), "graph");
const QUICK = "epochs=5";

/** Cells with labels and codes that depend on the words. */
function task(count: number, name: string): { rows: Matrix; labels: Float64Array; codes: Matrix } {
  const numbers = createGenerator(name).choose(count, features.rows);
  const rows = takeRows(features, numbers);
  const labels = new Float64Array(count);
  const codes = createMatrix(count, 2);
  for (let row = 0; row < count; row++) {
    for (let vertex = 1; vertex < 9; vertex++) labels[row] += rows.data[row * rows.columns + 1 + vertex];
    codes.data.set([-labels[row], labels[row] ** 2], 2 * row);
  }
  return { rows, labels, codes };
}

/** Matrices of graphs of three vertices; of the samples, every second has one edge less. */
function chain(builder: NetworkBuilder): Tensor {
  const { batch, functions } = builder;
  const edges = [1, 1, 0, 0, 1, 1, 0, 0, 1].flatMap((edge, place) =>
    Array.from({ length: batch }, (_, sample) => (place === 1 && sample % 2 === 1 ? 0 : edge)),
  );
  const contents = builder.table(new Int32Array(Float32Array.from(edges).buffer));
  const matrix = builder.input(1, 3, 3);
  builder.step({ forward: () => functions.copy(contents.address, matrix.storage.value, edges.length / 4, 0) });
  return matrix;
}

describe("the layers of graph networks", () => {
  const builds: Record<string, GradientCheckOptions["build"]> = {
    "a group": (builder, input) => gconvGroup(builder, chain(builder), input(4, 3), 8),
    "a group of a group": (builder, input) => {
      const adjacency = chain(builder);
      return gconvGroup(builder, adjacency, gconvGroup(builder, adjacency, input(4, 3), 4), 4);
    },
    attention: (builder, input) => {
      const adjacency = chain(builder);
      const options = { width: 4, released: false, keys: input(4, 3) };
      return attention(builder, { adjacency, masks: [adjacency] }, input(4, 3), options);
    },
    "attention with two softmaxes": (builder, input) => {
      const adjacency = chain(builder);
      const options = { width: 4, released: true };
      return attention(builder, { adjacency, masks: [adjacency, chain(builder)] }, input(4, 3), options);
    },
  };
  it.each(Object.entries(builds))("%s: gradients are those of central differences", (_, build) => {
    expect(gradientError({ build, batch: 8, difference: 3e-3 })).toBeLessThan(2e-2);
  });
});

describe("rows of graphs", () => {
  it("become words, edges with self-loops, and masks", () => {
    const rows: Matrix = { rows: 1, columns: 7, data: Float32Array.of(2, 0, 1, -1, 1, 0, 0) };
    const [words, adjacency, mask] = [new Float32Array(2 * 3 * 8), new Float32Array(72), new Float32Array(72)];
    const shape = graphShapeOf(rows);
    expect(shape).toEqual({ vertices: 3, words: 2 });
    writeGraphs(rows, shape, [0], { words, adjacency, masks: [mask], batch: 8 });
    const sample = (values: Float32Array) => [...values].filter((_, i) => i % 8 === 0);
    expect(sample(words)).toEqual([1, 0, 0, 0, 1, 0]);
    expect(sample(adjacency)).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 1]);
    expect(sample(mask)).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 1]);
  });

  it("are refused where they are no graphs, or other graphs than those learnt from", () => {
    const bad = takeRows(features, [0, 1]);
    bad.data[bad.columns + 3] = 9;
    expect(() => graphShapeOf(bad)).toThrow(/Row 1 holds no graph of at most 10 vertices with 9 words/);
    expect(() => graphShapeOf(takeRows(features, [0]), { vertices: 10, words: 5 })).toThrow(/with 5 words/);
    expect(() => graphShapeOf(createMatrix(1, 5))).toThrow(/no rows of the encoding/);
  });
});

describe("scales of labels", () => {
  it.each(LABEL_SCALES)("%s lead there and back, and keep the order beyond what was seen", (kind) => {
    const scale = createLabelScale(kind, [70, 10, 73, 72, 70]);
    for (const label of [5, 10, 40, 70, 72.5, 73, 75])
      expect(labelOf(scale, targetOf(scale, label))).toBeCloseTo(label);
    const targets = [5, 10, 40, 70, 72.5, 73, 75].map((label) => targetOf(scale, label));
    expect(targets).toEqual([...targets].sort((a, b) => a - b));
  });
});

describe("siamese", () => {
  const { rows, labels, codes } = task(40, "train");
  const others = task(50, "others");
  const fitted = async (given: Matrix | undefined, spec = `siamese:${QUICK}`) => {
    const predictor = createPredictor(spec);
    await predictor.fit(rows, labels, createGenerator(1), given && { codes: given });
    return predictor;
  };

  it("predicts rows with a code fine and the others coarse, each as if alone", async () => {
    const predictor = await fitted(codes);
    const coarse = (await predictor.predict(others.rows)).mean;
    const fine = (await predictor.predict(others.rows, { codes: others.codes })).mean;
    expect(fine).not.toEqual(coarse);
    const some = { ...others.codes, data: others.codes.data.map((value, i) => (i % 6 === 1 ? Number.NaN : value)) };
    const { mean } = await predictor.predict(others.rows, { codes: some });
    expect(mean).toEqual(fine.map((value, row) => (row % 3 === 0 ? coarse[row] : value)));
  });

  it("learns from rows without a code too, and works where no row has one", async () => {
    const some = { ...codes, data: codes.data.map((value, i) => (i < 20 ? Number.NaN : value)) };
    const { mean } = await (await fitted(some)).predict(others.rows, { codes: others.codes });
    expect(mean.every(Number.isFinite)).toBe(true);
    const none = { ...codes, data: codes.data.map(() => Number.NaN) };
    const without = await (await fitted(undefined)).predict(others.rows);
    expect(await (await fitted(none)).predict(others.rows, { codes: others.codes })).toEqual(without);
    const plain = await (await fitted(codes, `siamese:${QUICK},fusion=false`)).predict(others.rows, {
      codes: others.codes,
    });
    expect(plain).toEqual(without);
  });

  it("without attention and codes is the naive predictor", async () => {
    const naive = await (await fitted(undefined, `graph-predictor:${QUICK},labels=range`)).predict(others.rows);
    expect(await (await fitted(codes, `siamese:${QUICK},nsam=false,fusion=false`)).predict(others.rows)).toEqual(naive);
  });

  it("runs as released", async () => {
    const released = await (await fitted(codes, `siamese:${QUICK},released=true`)).predict(others.rows);
    expect(released.mean.every(Number.isFinite)).toBe(true);
    expect(released).not.toEqual(await (await fitted(codes)).predict(others.rows));
  });

  it("trains in stages, rows coming in between, and the same way each time", async () => {
    const run = async (continued: boolean) => {
      const session = startTraining("siamese");
      session.add(rows, labels, { codes });
      await session.train({ epochs: 2, stepsPerEpoch: 4 }, createGenerator(1));
      session.add(others.rows, others.labels, { codes: others.codes });
      await session.train({ epochs: 1, continued }, createGenerator(2));
      return session.predict(rows, { codes });
    };
    const first = await run(true);
    expect(await run(true)).toEqual(first);
    expect(await run(false)).not.toEqual(first);
    const session = startTraining("siamese");
    session.add(rows, labels);
    await expect(session.train({ epochs: 1, batch: 10 }, createGenerator(1))).rejects.toThrow(/a multiple of 8 rows/);
  });
});
