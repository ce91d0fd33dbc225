import { describe, expect, it } from "vitest";
import { encodeAll } from "../../encoding/index.js";
import { createMatrix, type Matrix, takeRows } from "../../kernels/matrix.js";
import type { NetworkBuilder } from "../../nn/builder.js";
import { type GradientCheckOptions, gradientError } from "../../nn/gradientCheck.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench201 } from "../../space/index.js";
import { createPredictor, startTraining } from "../index.js";
import { attention } from "./attention.js";
import { codeKeys } from "./codeKeys.js";
import { gconvGroup, wordGroup } from "./gconvGroup.js";
import { graphShapeOf } from "./graphRows.js";
import { createLabelScale, LABEL_SCALES, labelOf, targetOf } from "./labelScale.js";
import { LinkReader, linksOf, linkWords, turnLinks } from "./links.js";
import { readGraphs } from "./readGraphs.js";
import { averageRows, type LinkMemory } from "./rowLayers.js";

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

/** Links of graphs of three vertices, with all neighbours where asked for; every second sample has one edge less. */
function chain(builder: NetworkBuilder, both = false): LinkMemory {
  const lists = Array.from({ length: builder.batch }, (_, sample) => {
    const edges = sample % 2 === 1 ? [[1, 2]] : [[0, 1], [1, 2]]; // biome-ignore format: one line
    return [0, 1, 2].flatMap((own) => {
      const linked = (direction: 0 | 1): number[] =>
        [0, 1, 2].filter(
          (slot) => slot === own || edges.some((edge) => edge[direction] === own && edge[1 - direction] === slot),
        );
      const [along, against] = [linked(0), linked(1)];
      const all = [0, 1, 2].filter((slot) => along.includes(slot) || against.includes(slot));
      return (both ? [all, []] : [along, against]).map((list) => list.map((slot) => 3 * sample + slot));
    });
  });
  const { starts, entries } = linksOf(lists.flat());
  return { starts: builder.table(starts), entries: builder.table(entries) };
}

describe("the layers of graph networks", () => {
  const heedsOf = (builder: NetworkBuilder) => [{ links: chain(builder, true), direction: 0, entries: 36 }] as const;
  const builds: Record<string, GradientCheckOptions["build"]> = {
    "a group": (builder, input) => gconvGroup(builder, chain(builder), input(16, 3), 16),
    "a group of a group": (builder, input) => {
      const links = chain(builder);
      return gconvGroup(builder, links, gconvGroup(builder, links, input(16, 3), 16), 16);
    },
    "a group of words": (builder) => {
      const words = [0, 1, 2, 2, 1, 0, 1, 1, 1, 0, 2, 1];
      const vertices = linksOf(words.flatMap((_, row) => [[row], row % 3 === 0 ? [row + 1, row] : [row]]));
      const room = { starts: new Int32Array(25), entries: new Int32Array(40) };
      linkWords(vertices, 12, words, room);
      const turned = { starts: new Int32Array(7), entries: new Int32Array(40) };
      turnLinks(room, 12, 3, turned);
      const table = ({ starts, entries }: typeof room) => ({
        starts: builder.table(starts),
        entries: builder.table(entries),
      });
      return wordGroup(builder, { links: table(room), back: table(turned), words: 3, vertices: 3 }, 16);
    },
    "keys of codes": (builder) => {
      const codes = builder.input(4);
      const generator = createGenerator("codes");
      const numbers = Float32Array.from({ length: 16 }, () => generator.normal());
      const contents = builder.table(new Int32Array(numbers.buffer));
      builder.step({ forward: () => builder.functions.copy(contents.address, codes.storage.value, 4, 0) });
      return codeKeys(builder, codes, { codeLength: 3, vertices: 3, width: 16 });
    },
    "the mean over channels": (builder, input) => averageRows(builder, input(16, 3)),
    attention: (builder, input) => {
      const options = { links: chain(builder), heeds: heedsOf(builder), width: 16, released: false };
      return attention(builder, input(16, 3), { ...options, keys: input(16, 3) });
    },
    "attention with two softmaxes": (builder, input) => {
      const links = chain(builder);
      const heeds = ([0, 1] as const).map((direction) => ({ links, direction, entries: 72 }));
      return attention(builder, input(16, 3), { links, heeds, width: 16, released: true });
    },
  };
  it.each(Object.entries(builds))("%s: gradients are those of central differences", (_, build) => {
    expect(gradientError({ build, difference: 3e-3 })).toBeLessThan(2e-2);
  });
});

describe("rows of graphs", () => {
  it("become words and links, each vertex with its own", () => {
    const rows: Matrix = { rows: 1, columns: 7, data: Float32Array.of(2, 0, 1, -1, 1, 0, 0) };
    const graphs = readGraphs(rows);
    expect(graphs.shape).toEqual({ vertices: 3, words: 2 });
    const { vertices, neighbours } = new LinkReader(graphs).linksOf(0);
    expect(vertices).toEqual(linksOf([[0, 1], [0], [1], [0, 1], [2], [2]]));
    expect(neighbours).toEqual(linksOf([[0, 1], [], [0, 1], [], [2], []]));
    const words = { starts: new Int32Array(7), entries: new Int32Array(8) };
    linkWords(vertices, 3, graphs.words, words);
    // A slot without a vertex has no word.
    expect(words).toEqual({
      starts: Int32Array.of(0, 2, 3, 4, 6, 6, 6),
      entries: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 0),
    });
    const back = { starts: new Int32Array(5), entries: new Int32Array(8) };
    turnLinks(words, 3, 2, back);
    // Against the edges first: word 0 is read against them by vertices 0 and 1, along them by vertex 0.
    expect(back.starts).toEqual(Int32Array.of(0, 2, 3, 4, 6));
    expect(back.entries.subarray(0, 6)).toEqual(Int32Array.of(0, 1, 0, 1, 0, 1));
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
