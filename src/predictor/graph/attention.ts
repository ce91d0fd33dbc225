import type { NetworkBuilder } from "../../nn/builder.js";
import { gather, relate } from "../../nn/graph.js";
import { add, multiply } from "../../nn/joining.js";
import { softmax } from "../../nn/softmax.js";
import type { Tensor } from "../../nn/tensor.js";
import { gconvGroup } from "./gconvGroup.js";

/** The matrices of a batch of graphs: each 1 x V x V, with self-loops. */
export interface GraphMatrices {
  /** Row i: what vertex i takes from each vertex along the edges. */
  readonly adjacency: Tensor;
  /** What attention may pay heed to: products of queries and keys are multiplied with it, number by number. One softmax for each mask. */
  readonly masks: readonly Tensor[];
}

/** Options of `attention`. */
export interface AttentionOptions {
  readonly width: number;
  /** As the authors' program: the query's weights also make the value. */
  readonly released: boolean;
  /** Where the keys come from. Default: the features. */
  readonly keys?: Tensor;
}

/**
 * Attention among the vertices of a graph, as in NSAM and EFM of Siamese-NAS: query, key and value are GConvGroups; the products of
 * queries and keys are masked by multiplication, so that a vertex that is no neighbour counts as one whose product is 0; the result
 * is added to the features, and a GConvGroup follows. Products are not divided by the root of the width.
 */
export function attention(
  builder: NetworkBuilder,
  { adjacency, masks }: GraphMatrices,
  features: Tensor,
  { width, released, keys = features }: AttentionOptions,
): Tensor {
  const query = gconvGroup(builder, adjacency, features, width);
  const key = gconvGroup(builder, adjacency, keys, width);
  const value = released ? query : gconvGroup(builder, adjacency, features, width);
  const products = relate(builder, query, key);
  const heeded = masks.map((mask) =>
    gather(builder, softmax(builder, multiply(builder, products, mask), "columns"), value),
  );
  return gconvGroup(builder, adjacency, add(builder, [features, ...heeded]), width);
}
