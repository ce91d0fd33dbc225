import type { NetworkBuilder } from "../../nn/builder.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";

/** Shape of the images and size of the network around the cells. */
export interface NetworkShape {
  readonly channels: number;
  readonly cells: number;
  readonly stages: number;
  readonly classes: number;
}

/** How the layers of a network are made; proxies build it without normalisation. */
export interface CellNetworkContext {
  readonly builder: NetworkBuilder;
  /** Batch normalisation, or nothing. */
  readonly normalise: (input: Tensor) => Tensor;
  /** Called with what each cell gives; proxies rescale it. */
  readonly afterCell: (output: Tensor) => Tensor;
}

/** Builds the network of one architecture from image to logits, classes x 1 x 1. */
export type CellNetwork = (
  context: CellNetworkContext,
  image: Tensor,
  architecture: Architecture,
  shape: NetworkShape,
  space: SearchSpace,
) => Tensor;
