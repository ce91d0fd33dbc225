import { defineOptions } from "../options.js";
import type { SpaceDefinition } from "./definition.js";
import type { ListedPart } from "./limitedContract.js";
import { createNasBench201 } from "./nasbench201/space.js";
import { restrictListedSpace } from "./restricted.js";

const DESCRIPTION = "NAS-Bench-201 cells of at most 35 MFLOPs on CIFAR-10: the 4,096 without a 3x3 convolution";
const LIMIT = 35e6;

let whole: ListedPart | undefined;

/**
 * Tiny-NASBench-201 of Siamese-NAS: the 4,096 cells of NAS-Bench-201 with at most 35 million multiply-accumulates on
 * CIFAR-10. These are the cells without a 3x3 convolution (7.8 to 31.4 million; the next one has 43.2 million). They keep the
 * order of the official table: `baseIndices[index]` is the index in NAS-Bench-201. Views and vocabularies are those of
 * NAS-Bench-201, the absent operation included, so that predictors can change between the two.
 *
 * @example
 * const space = createTinyNasBench201();
 * space.baseIndices[0]; // index of the first cell in NAS-Bench-201
 */
export function createTinyNasBench201(): ListedPart {
  whole ??= restrictListedSpace(createNasBench201(), {
    name: "tiny-nasbench201",
    description: DESCRIPTION,
    limits: { flops: LIMIT },
  });
  return whole;
}

/** The entry of the registry of spaces. */
export const tinyNasBench201Definition: SpaceDefinition = {
  name: "tiny-nasbench201",
  description: DESCRIPTION,
  source: "Siamese-NAS; Dong and Yang, NAS-Bench-201, ICLR 2020",
  options: defineOptions({}),
  create: () => createTinyNasBench201(),
};
