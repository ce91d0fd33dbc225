import type { NetworkBuilder } from "../../nn/builder.js";
import type { Tensor } from "../../nn/tensor.js";
import { gconvGroup } from "./gconvGroup.js";
import type { LinkMemory } from "./rowLayers.js";

/** What a vertex may pay heed to: links, in one of their directions. */
export interface Heed {
  readonly links: LinkMemory;
  readonly direction: 0 | 1;
  /** Entries of the links, at most. */
  readonly entries: number;
}

/** Options of `attention`. */
export interface AttentionOptions {
  /** Of the vertices of a batch, to themselves too. */
  readonly links: LinkMemory;
  /** One softmax for each. */
  readonly heeds: readonly Heed[];
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
 *
 * @param features rows of `width` channels, see rowLayers.ts
 */
export function attention(builder: NetworkBuilder, features: Tensor, options: AttentionOptions): Tensor {
  const { links, heeds, width, released, keys = features } = options;
  const query = gconvGroup(builder, links, features, width);
  const key = gconvGroup(builder, links, keys, width);
  const value = released ? query : gconvGroup(builder, links, features, width);
  return gconvGroup(builder, links, attend(builder, features, { query, key, value, heeds }), width);
}

interface Attended {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly heeds: readonly Heed[];
}

/** The features and what is paid heed to. */
function attend(builder: NetworkBuilder, features: Tensor, { query, key, value, heeds }: Attended): Tensor {
  const { functions, batch } = builder;
  const { channels: width, height: vertices } = features;
  const output = builder.tensor(width, vertices);
  const [q, k, v, f, o] = [query, key, value, features, output].map(({ storage }) => storage);
  const uses = [query, key, value].map((tensor) => ({ storage: tensor.storage, use: builder.use(tensor) }));
  const useFeatures = builder.use(features);
  const kept = heeds.map(({ entries }) => ({
    shares: builder.memory(4 * entries),
    common: builder.memory(4 * vertices * batch),
  }));
  const scratch = builder.scratch(4 * (vertices + 8 + 2 * width));
  const vectors = f.length / 4;
  builder.step({
    forward() {
      for (const [i, { links, direction }] of heeds.entries()) {
        functions.attend(
          q.value,
          k.value,
          v.value,
          i === 0 ? f.value : o.value,
          0,
          width,
          batch,
          vertices,
          links.starts.address,
          links.entries.address,
          direction,
          o.value,
          kept[i].shares.address,
          kept[i].common.address,
          scratch.address,
        );
      }
    },
    backward() {
      for (const { storage, use } of uses) if (use?.adds === 0) functions.clear(storage.gradient, vectors);
      for (const [i, { links, direction }] of heeds.entries()) {
        functions.attendBackward(
          o.gradient,
          q.value,
          k.value,
          v.value,
          width,
          batch,
          vertices,
          links.starts.address,
          links.entries.address,
          direction,
          kept[i].shares.address,
          kept[i].common.address,
          q.gradient,
          k.gradient,
          v.gradient,
          scratch.address,
        );
      }
      if (useFeatures !== undefined) functions.copy(o.gradient, f.gradient, vectors, useFeatures.adds);
    },
  });
  return output;
}
