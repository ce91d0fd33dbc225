import { type Registry, resolve } from "../registry.js";
import { formatSpec, type Spec } from "../spec.js";
import { cifar10Definition, cifar100Definition } from "./cifar.js";
import type { Dataset } from "./contract.js";
import type { DatasetDefinition } from "./definition.js";
import { digitsDefinition, hardDigitsDefinition } from "./digits.js";
import { idxDefinition } from "./idx.js";
import { imagesDefinition } from "./pictureFolder.js";

export { augmentationOptions, type BatchWriter, createBatchWriter } from "./augment.js";
export type { Dataset, ImageSet, Normalisation } from "./contract.js";
export type { DatasetDefinition } from "./definition.js";

/** The data sets by name. */
export const datasets: Registry<DatasetDefinition> = {
  digits: digitsDefinition,
  "hard-digits": hardDigitsDefinition,
  idx: idxDefinition,
  cifar10: cifar10Definition,
  cifar100: cifar100Definition,
  images: imagesDefinition,
};

/**
 * Reads the data set that a spec names. The same spec and the same files give the same data set, whatever the seed of a training.
 * Throws AssayError where there is none of that name, an option is wrong, or a file is missing or wrong.
 *
 * @returns images of three splits, `name` as the spec was given
 * @example
 * const { training, classes } = await openDataset("hard-digits:images=400");
 * const subset = await openDataset("cifar10:folder=cifar-10-batches-bin,images=1000,size=16");
 */
export async function openDataset(spec: string | Spec): Promise<Dataset> {
  const { definition, options, spec: read } = resolve("data set", datasets, spec);
  return { ...(await definition.load(options)), name: formatSpec(read) };
}
