import { describe, expect, it } from "vitest";
import { encode } from "../../encoding/index.js";
import { NetworkBuilder } from "../../nn/builder.js";
import { gradientError } from "../../nn/gradientCheck.js";
import { zeros } from "../../nn/initial.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench201 } from "../../space/index.js";
import { type Graphs, readGraphs } from "../graph/readGraphs.js";
import { addLinked, type LinkedLayer } from "./addLinked.js";
import { pairLoss } from "./pairLoss.js";
import { planRelationNetwork } from "./relationNetwork.js";
import { scoreGraphs } from "./scoreGraphs.js";
import { shareStates } from "./sharedStates.js";

const space = createNasBench201();

function cells(count: number, encoding: string): Graphs {
  const generator = createGenerator(encoding);
  return readGraphs(
    encode(
      space,
      encoding,
      Array.from({ length: count }, () => space.sample(generator)),
    ),
  );
}

describe("addLinked", () => {
  it("has the gradients of central differences", () => {
    const links = {
      starts: Int32Array.of(0, 2, 2, 5, 6, 8),
      entries: Int32Array.of(0, 3, 1, 1, 7, 2, 5, 0),
      states: 5,
    };
    const error = gradientError({
      build(builder, input) {
        let layer: LinkedLayer | undefined;
        builder.step({ forward: () => layer?.link(links) });
        layer = addLinked(builder, input(8, 2), { states: 8, entries: 8 }, zeros);
        return layer.output;
      },
    });
    expect(error).toBeLessThan(0.001);
  });
});

describe("pairLoss", () => {
  const labels = Float64Array.of(3, 1, 1, -2, 0.5);

  function lossOf(logits: Float32Array) {
    const builder = new NetworkBuilder({ batch: 4 });
    const output = builder.input(4, 2, 1, { gradient: true });
    const loss = pairLoss(builder, output);
    loss.labels = labels;
    const network = builder.finish(createGenerator(1));
    network.values(output).set(logits);
    network.forward(true);
    network.backward();
    const result = { value: loss.value(), gradient: network.gradientOf(output).slice() };
    network.close();
    return result;
  }

  it("is the mean divergence between the softmax of the labels and that of the logits", () => {
    const generator = createGenerator("logits");
    const logits = Float32Array.from({ length: 32 }, () => generator.normal());
    let sum = 0;
    for (let a = 0; a < 5; a++) {
      for (let b = 0; b < 5; b++) {
        if (a === b) continue;
        const better = Math.exp(logits[a] + logits[16 + b]);
        const worse = Math.exp(logits[8 + a] + logits[24 + b]);
        const [wanted, given] = [
          Math.exp(labels[a]) / (Math.exp(labels[a]) + Math.exp(labels[b])),
          better / (better + worse),
        ];
        sum += wanted * Math.log(wanted / given) + (1 - wanted) * Math.log((1 - wanted) / (1 - given));
      }
    }
    const { value, gradient } = lossOf(logits);
    expect(value).toBeCloseTo(sum / 20, 6);
    for (const place of [0, 4, 9, 12, 17, 20, 25, 26]) {
      const moved = (by: number) => lossOf(logits.map((logit, i) => (i === place ? logit + by : logit))).value;
      expect(gradient[place]).toBeCloseTo((moved(0.01) - moved(-0.01)) / 0.02, 4);
    }
    // Beyond the fifth architecture there is none.
    for (let channel = 0; channel < 4; channel++) {
      expect([...gradient.subarray(8 * channel + 5, 8 * channel + 8)]).toEqual([0, 0, 0]);
    }
  });
});

describe("the network", () => {
  it.each(["graph", "pruned-graph"])("is the graph network of BRP-NAS on rows of %s", (encoding) => {
    const graphs = cells(12, encoding);
    const shape = { words: graphs.shape.words, layers: 3, width: 8, dropout: 0.2 };
    const rows = Array.from({ length: graphs.count }, (_, row) => row);
    const { network } = planRelationNetwork(shape, [shareStates(graphs, rows, 3)], undefined, createGenerator(1));
    // Other scales and shifts than one and zero.
    const generator = createGenerator(2);
    const state = network.state().map((value) => value + 0.3 * generator.normal());
    network.close();
    const scores = scoreGraphs(shape, state, graphs);
    for (const row of rows) expect(scores[row]).toBeCloseTo(plainScore(graphs, row, state, shape), 4);
  });

  it("scores graphs the same in any company", () => {
    const graphs = cells(40, "graph");
    const shape = { words: graphs.shape.words, layers: 4, width: 20, dropout: 0 };
    const all = Array.from({ length: 40 }, (_, row) => row);
    const { network } = planRelationNetwork(shape, [shareStates(graphs, all, 4)], undefined, createGenerator(1));
    const state = network.state();
    network.close();
    const single = cells(1, "graph");
    expect(scoreGraphs(shape, state, single)[0]).toBe(scoreGraphs(shape, state, graphs)[0]);
  });
});

/** The score of one graph, in plain loops over its adjacency matrix. */
function plainScore(
  { shape: { vertices, words: wordCount }, words, edges }: Graphs,
  graph: number,
  state: Float32Array,
  { layers, width }: { readonly layers: number; readonly width: number },
): number {
  let at = 0;
  const take = (length: number): Float32Array => {
    const taken = state.subarray(at, at + length);
    at += 4 * Math.ceil(length / 4);
    return taken;
  };
  const used = Array.from({ length: vertices }, (_, slot) => slot).filter(
    (slot) => words[graph * vertices + slot] >= 0,
  );
  const nodes = used.length + 1;
  const feeds = (i: number, j: number): number => {
    if (i === j || i === nodes - 1) return 1;
    return j === nodes - 1 ? 0 : edges[(graph * vertices + used[i]) * vertices + used[j]];
  };
  let features: number[][] = [...used.map((slot) => words[graph * vertices + slot]), wordCount].map((word) =>
    Array.from({ length: wordCount + 1 }, (_, k) => (k === word ? 1 : 0)),
  );
  for (let layer = 0; layer < layers; layer++) {
    const inputs = features[0].length;
    const weights = take(inputs * width);
    const [biases, scales, shifts] = [take(width), take(width), take(width)];
    features = features.map((_, i) => {
      const sums = Array.from({ length: width }, (_, channel) => {
        let sum = biases[channel];
        for (let j = 0; j < nodes; j++) {
          for (let k = 0; k < inputs; k++) sum += feeds(i, j) * features[j][k] * weights[k * width + channel];
        }
        return sum;
      });
      const mean = sums.reduce((a, b) => a + b, 0) / width;
      const variance = sums.reduce((a, b) => a + (b - mean) * (b - mean), 0) / width;
      return sums.map((sum, channel) =>
        Math.max(0, ((sum - mean) / Math.sqrt(variance + 1e-5)) * scales[channel] + shifts[channel]),
      );
    });
  }
  const [head, bias] = [take(4 * width), take(4)];
  const said = [0, 1, 2, 3].map((k) =>
    features[nodes - 1].reduce((sum, value, channel) => sum + value * head[4 * channel + k], bias[k]),
  );
  return (said[0] - said[1] + said[3] - said[2]) / 2;
}
