import { sigmoid } from "../../nn/activation.js";
import { NetworkBuilder } from "../../nn/builder.js";
import { huber } from "../../nn/loss.js";
import type { Network } from "../../nn/network.js";
import { sharedDense } from "../../nn/sharedDense.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Generator } from "../../random/index.js";
import { attention, type Heed } from "./attention.js";
import { codeKeys, codeNumbers } from "./codeKeys.js";
import { gconvGroup, wordGroup } from "./gconvGroup.js";
import type { GraphShape } from "./graphRows.js";
import { appendLinks, LinkReader, linkWords, turnLinks } from "./links.js";
import type { Graphs } from "./readGraphs.js";
import { averageRows, linkMemory } from "./rowLayers.js";

/** Channels of every hidden layer. */
export const WIDTH = 64;
/** Beyond this error the loss grows linearly. */
const HUBER = 0.5;

/** Which parts a network has. */
export interface GraphDesign {
  /** Attention between the second and the third group. */
  readonly nsam: boolean;
  /** Numbers of an estimation code; 0: there is no fine branch. */
  readonly codeLength: number;
  /** As the authors' program: two softmaxes, values by the query's weights. */
  readonly released: boolean;
}

/** A network in training, with the tensors that are written. */
export interface GraphNetwork {
  readonly network: Network;
  /** Writes the graphs of a batch, a row of the graphs for each sample. */
  write(samples: ArrayLike<number>): void;
  /** `codeNumbers(codeLength)` numbers for each sample; absent where there is no fine branch. */
  readonly codes: Tensor | undefined;
  readonly targets: Tensor;
  /** What the samples count, for the coarse output and for the fine one. */
  readonly weights: Tensor;
  readonly fineWeights: Tensor;
}

/** How a network is made. */
export interface GraphNetworkOptions extends GraphDesign {
  readonly shape: GraphShape;
  /** What it learns from. */
  readonly graphs: Graphs;
  /** A multiple of eight. */
  readonly batch: number;
  /** Fills the weights; absent where they will be loaded. */
  readonly generator: Generator | undefined;
}

/**
 * The coarse branch (three groups, with NSAM between the second and the third), the fine branch (the code to a row for each vertex,
 * and EFM) and one head for both: the mean over the features, one number for each vertex, then one dense unit. In the order of its
 * parameters, `GraphEvaluation` reads them.
 */
export function createGraphNetwork(options: GraphNetworkOptions): GraphNetwork {
  const { shape, graphs, batch, nsam, codeLength, released, generator } = options;
  const { vertices, words } = shape;
  const builder = new NetworkBuilder({ batch });
  const rows = vertices * batch;
  const entries = vertices * rows;
  const links = linkMemory(builder, rows, 2 * entries);
  const neighbours = linkMemory(builder, rows, entries);
  const toWords = linkMemory(builder, rows, 2 * entries);
  const back = linkMemory(builder, words, 2 * entries);
  const heeds: readonly Heed[] = released
    ? ([0, 1] as const).map((direction) => ({ links, direction, entries: 2 * entries }))
    : [{ links: neighbours, direction: 0, entries }];
  const group = (features: Tensor): Tensor => gconvGroup(builder, links, features, WIDTH);
  const attended = (features: Tensor, keys = features): Tensor =>
    attention(builder, features, { links, heeds, width: WIDTH, released, keys });
  const head = sharedDense(builder, { inputs: vertices, outputs: 1 });
  const output = (features: Tensor): Tensor => sigmoid(builder, head(averageRows(builder, features)));

  const second = group(wordGroup(builder, { links: toWords, back, words, vertices }, WIDTH));
  const embedding = group(nsam ? attended(second) : second);
  const coarse = output(embedding);
  const codes = codeLength > 0 ? builder.input(codeNumbers(codeLength)) : undefined;
  const fine = codes && output(attended(embedding, codeKeys(builder, codes, { codeLength, vertices, width: WIDTH })));

  const [targets, weights, fineWeights] = [builder.input(1), builder.input(1), builder.input(1)];
  huber(builder, coarse, targets, weights, HUBER);
  if (fine !== undefined) huber(builder, fine, targets, fineWeights, HUBER);
  const network = builder.finish(generator);

  const reader = new LinkReader(graphs);
  const [ofVertices, ofNeighbours, ofWords, ofBack] = [links, neighbours, toWords, back].map((room) => room.view());
  const wordOf = new Int32Array(rows);
  return {
    ...{ network, codes, targets, weights, fineWeights },
    write(samples) {
      for (let sample = 0; sample < batch; sample++) {
        const graph = samples[sample];
        const own = reader.linksOf(graph);
        appendLinks(own.vertices, sample * vertices, ofVertices);
        appendLinks(own.neighbours, sample * vertices, ofNeighbours);
        for (let slot = 0; slot < vertices; slot++) {
          wordOf[sample * vertices + slot] = graphs.words[graph * vertices + slot];
        }
      }
      linkWords(ofVertices, rows, wordOf, ofWords);
      turnLinks(ofWords, rows, words, ofBack);
    },
  };
}
