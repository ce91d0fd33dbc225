import { describe, expect, it } from "vitest";
import { encode, encodeAll } from "../../encoding/index.js";
import { createMatrix, type Matrix, takeRows } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench101, createNasBench201 } from "../../space/index.js";
import { createPredictor } from "../index.js";
import type { GraphModel } from "./graphModel.js";
import { labelOf } from "./labelScale.js";
import { LinkReader } from "./links.js";
import { orderGraphs } from "./orderGraphs.js";
import { type Graphs, readGraphs } from "./readGraphs.js";
import { shareRows } from "./sharedRows.js";

const nasbench201 = encodeAll(createNasBench201(), "graph");
const nasbench101 = (() => {
  const space = createNasBench101();
  const generator = createGenerator(1);
  const cells = Array.from({ length: 60 }, () => space.sample(generator));
  return encode(space, "graph", cells);
})();

function codesFor(rows: number): Matrix {
  const generator = createGenerator("codes");
  const codes = createMatrix(rows, 2);
  for (let i = 0; i < codes.data.length; i++) codes.data[i] = generator.normal();
  return codes;
}

async function fitted(spec: string, features: Matrix) {
  const predictor = createPredictor(spec);
  const generator = createGenerator("labels");
  const labels = Float64Array.from({ length: features.rows }, () => 70 + generator.normal());
  await predictor.fit(features, labels, generator, { codes: codesFor(features.rows) });
  return predictor;
}

describe("a trained network", () => {
  const some = takeRows(nasbench201, createGenerator(2).choose(40, nasbench201.rows));
  it.each([
    ["siamese:epochs=4", "nasbench201", some],
    ["siamese:epochs=4", "nasbench101", nasbench101],
    ["siamese:epochs=4,released=true", "nasbench101", nasbench101],
    ["siamese:epochs=4,nsam=false", "nasbench101", nasbench101],
    ["graph-predictor:epochs=4", "nasbench201", some],
  ])("%s says of %s what plain loops over its matrices say", async (spec, _, features) => {
    const predictor = await fitted(spec, features);
    const codes = codesFor(features.rows);
    const { model } = predictor.exportModel() as unknown as { readonly model: GraphModel };
    const coarse = (await predictor.predict(features)).mean;
    const fine = (await predictor.predict(features, { codes })).mean;
    for (let row = 0; row < 12; row++) {
      const plain = plainPrediction(model, readGraphs(features), row, [...codes.data.subarray(2 * row, 2 * row + 2)]);
      expect(coarse[row]).toBeCloseTo(plain.coarse, 3);
      expect(fine[row]).toBeCloseTo(model.codeLength > 0 ? plain.fine : plain.coarse, 3);
    }
  });

  it.each([
    ["nasbench201", some],
    ["nasbench101", nasbench101],
  ])("says the same of cells of %s in any company and order", async (_, features) => {
    const predictor = await fitted("siamese:epochs=2", features);
    const codes = codesFor(features.rows);
    const all = (await predictor.predict(features, { codes })).mean;
    const rows = [17, 3, 29, 8, 0, 31];
    const few = await predictor.predict(takeRows(features, rows), { codes: takeRows(codes, rows) });
    expect([...few.mean]).toEqual(rows.map((row) => all[row]));
    expect(await predictor.predict(takeRows(features, []))).toEqual({ mean: new Float64Array(0) });
  });
});

describe("shared rows", () => {
  it("are few in NAS-Bench-201", () => {
    const graphs = readGraphs(nasbench201);
    const all = Array.from({ length: graphs.count }, (_, row) => row);
    const shared = shareRows(graphs, new LinkReader(graphs), all, 0, {
      rows: Number.POSITIVE_INFINITY,
      sides: Number.POSITIVE_INFINITY,
    });
    expect(shared).toMatchObject({ graphs: 15_625, first: { count: 250 }, second: { count: 10_750 } });
    expect(shared.sides).toMatchObject([{ count: 47_000 }, { count: 47_000 }]);
  });

  it("end with the graph that brings them to the limit, and go on behind it", () => {
    const graphs = readGraphs(nasbench101);
    const all = Array.from({ length: graphs.count }, (_, row) => row);
    const reader = new LinkReader(graphs);
    for (let first = 0; first < all.length; ) {
      const shared = shareRows(graphs, reader, all, first, { rows: 20, sides: Number.POSITIVE_INFINITY });
      expect(shared.second.count).toBeLessThan(20 + graphs.shape.vertices);
      // Whatever is shared, the words that a vertex is linked to through two groups are its own.
      for (let graph = 0; graph < shared.graphs; graph++) {
        const own = reader.linksOf(first + graph).vertices;
        for (let list = 0; list < own.starts.length - 1; list++) {
          const row = shared.rowOf[graph * graphs.shape.vertices + (list >> 1)];
          const taken = shared.second.links.entries.subarray(
            shared.second.links.starts[2 * row + (list & 1)],
            shared.second.links.starts[2 * row + (list & 1) + 1],
          );
          const words = Array.from(taken, (one) => wordsOf(shared.first.links, one));
          const wanted = Array.from(own.entries.subarray(own.starts[list], own.starts[list + 1]), (slot) =>
            [0, 1].map((direction) =>
              Array.from(
                own.entries.subarray(own.starts[2 * slot + direction], own.starts[2 * slot + direction + 1]),
                (other) => graphs.words[(first + graph) * graphs.shape.vertices + other],
              )
                .filter((word) => word >= 0)
                .sort((a, b) => a - b),
            ),
          );
          expect(words).toEqual(wanted);
        }
      }
      first += shared.graphs;
    }
  });

  it("are looked for in graphs put in the order of edges and words", () => {
    const graphs = readGraphs(nasbench101);
    const all = Array.from({ length: graphs.count }, (_, row) => row);
    const reader = new LinkReader(graphs);
    const { vertices } = graphs.shape;
    // A letter for each number, so that texts are ordered as numbers are.
    const key = (graph: number): string =>
      String.fromCharCode(
        reader.patterns[graph],
        ...Array.from(graphs.words.subarray(graph * vertices, (graph + 1) * vertices), (word) => word + 1),
      );
    const order = [...orderGraphs(graphs, reader, all)];
    expect(order.map(key)).toEqual(all.map(key).sort());
    expect([...order].sort((a, b) => a - b)).toEqual(all);
  });
});

function wordsOf({ starts, entries }: { starts: Int32Array; entries: Int32Array }, row: number): number[][] {
  return [0, 1].map((direction) => [...entries.subarray(starts[2 * row + direction], starts[2 * row + direction + 1])]);
}

/** The two outputs of a graph, in plain loops over its matrices. */
function plainPrediction(model: GraphModel, graphs: Graphs, graph: number, code: readonly number[]) {
  const { vertices, words } = graphs.shape;
  const { nsam, released, codeLength, codes, labels } = model;
  let [parameter, statistic] = [0, model.parameters];
  const take = (length: number): Float32Array => {
    const taken = model.state.subarray(parameter, parameter + length);
    parameter += 4 * Math.ceil(length / 4);
    return taken;
  };
  const takeStatistic = (length: number): Float32Array => {
    statistic += length;
    return model.state.subarray(statistic - length, statistic);
  };
  const slots = Array.from({ length: vertices }, (_, slot) => slot);
  const isEdge = (from: number, to: number): number =>
    from === to ? 1 : graphs.edges[(graph * vertices + from) * vertices + to];
  const mish = (x: number): number => x * Math.tanh(Math.log1p(Math.exp(x)));
  const normaliser = (count: number) => {
    const [scales, shifts, means, variances] = [take(count), take(count), takeStatistic(count), takeStatistic(count)];
    return (value: number, channel: number): number =>
      mish(((value - means[channel]) / Math.sqrt(variances[channel] + 1e-4)) * scales[channel] + shifts[channel]);
  };
  type Rows = readonly (readonly number[])[];
  const groupOf = (channels: number) => {
    const weights = take(128 * channels);
    const normalise = normaliser(128);
    return (rows: Rows): Rows =>
      slots.map((own) =>
        Array.from({ length: 64 }, (_, channel) =>
          [0, 1].reduce((sum, direction) => {
            let value = 0;
            for (const other of slots) {
              if ((direction === 0 ? isEdge(own, other) : isEdge(other, own)) === 0) continue;
              for (const [k, x] of rows[other].entries()) value += x * weights[128 * k + 64 * direction + channel];
            }
            return sum + normalise(value, 64 * direction + channel) / 2;
          }, 0),
        ),
      );
  };
  const attentionOf = () => {
    const [query, key] = [groupOf(64), groupOf(64)];
    const value = released ? query : groupOf(64);
    const end = groupOf(64);
    return (features: Rows, keysFrom: Rows): Rows => {
      const [q, k, v] = [query(features), key(keysFrom), value(features)];
      const sums = features.map((row) => [...row]);
      const masks = released
        ? [isEdge, (from: number, to: number) => isEdge(to, from)]
        : [(from: number, to: number) => Math.max(isEdge(from, to), isEdge(to, from))];
      for (const mask of masks) {
        for (const i of slots) {
          const scores = slots.map((j) => mask(i, j) * q[i].reduce((sum, x, c) => sum + x * k[j][c], 0));
          const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
          const total = powers.reduce((a, b) => a + b, 0);
          for (const j of slots) for (const [c, x] of v[j].entries()) sums[i][c] += (powers[j] / total) * x;
        }
      }
      return end(sums);
    };
  };
  const [head, bias] = [take(vertices), take(1)];
  const said = (rows: Rows): number => {
    const logit = rows.reduce((sum, row, slot) => sum + (head[slot] * row.reduce((a, b) => a + b, 0)) / 64, bias[0]);
    return labelOf(labels, 1 / (1 + Math.exp(-logit)));
  };
  const inputs = slots.map((slot) =>
    Array.from({ length: words }, (_, word) => (graphs.words[graph * vertices + slot] === word ? 1 : 0)),
  );
  const [first, second] = [groupOf(words), groupOf(64)];
  const between = nsam ? attentionOf() : (rows: Rows): Rows => rows;
  const third = groupOf(64);
  const features = second(first(inputs));
  const embedding = third(between(features, features));
  if (codeLength === 0 || codes === undefined) return { coarse: said(embedding), fine: Number.NaN };
  const depth = 2 * Math.ceil((codeLength + 1) / 2);
  const dense = take(depth * vertices * 64);
  const normalise = normaliser(64);
  const numbers = [...code.map((value, k) => (value - codes.means[k]) / codes.deviations[k]), 1];
  const keys = slots.map((slot) =>
    Array.from({ length: 64 }, (_, channel) =>
      normalise(
        numbers.reduce((sum, x, k) => sum + x * dense[(k * vertices + slot) * 64 + channel], 0),
        channel,
      ),
    ),
  );
  return { coarse: said(embedding), fine: said(attentionOf()(embedding, keys)) };
}
