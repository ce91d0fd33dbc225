import { datasets } from "../../dataset/index.js";
import { type OptionValues, readOptions } from "../../options.js";
import { resolve } from "../../registry.js";
import { trainerOptions } from "./options.js";
import { requireTrainable } from "./trainable.js";

/**
 * Refuses, before any training, what no training could be made of. Throws AssayError where the trainer cannot build networks of the
 * space, or where data set or settings are unknown or wrong.
 *
 * @param space name of the search space
 * @param dataset spec of the data set; its files are not looked for
 */
export function checkTraining(space: string, dataset: string, settings: OptionValues): void {
  requireTrainable(space);
  readOptions("trainer", trainerOptions, settings);
  resolve("data set", datasets, dataset);
}
