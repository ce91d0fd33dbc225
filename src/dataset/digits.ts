import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssayError } from "../errors.js";
import type { DatasetDefinition } from "./definition.js";
import { readDataFile } from "./files.js";
import { hardDigitsOptions, hardenDigits } from "./hardenDigits.js";
import { parseDigits } from "./parseDigits.js";
import type { RawImages } from "./rawImages.js";
import { shippedPacks } from "./shippedPacks.js";
import { digitsOptions, splitDigits } from "./splitDigits.js";

const SOURCE = "Alpaydin and Kaynak 1998, UCI Machine Learning Repository (CC BY 4.0)";
const FILE = "digits.csv.gz";

/** The 1,797 bundled digits. */
export const digitsDefinition: DatasetDefinition = {
  name: "digits",
  description: "1,797 handwritten digits, 8x8 grey; ships with the package",
  source: SOURCE,
  options: digitsOptions,
  load: async (options) => splitDigits(readDigits(), options as ReturnType<typeof digitsOptions.parse>),
};

/** The bundled digits, few to train on, distorted. */
export const hardDigitsDefinition: DatasetDefinition = {
  name: "hard-digits",
  description: "The same digits made hard: few to train on; shifted, faded and noisy copies",
  source: SOURCE,
  options: hardDigitsOptions,
  load: async (options) => hardenDigits(readDigits(), options as ReturnType<typeof hardDigitsOptions.parse>),
};

function readDigits(): RawImages {
  const folder = shippedPacks(dirname(fileURLToPath(import.meta.url)));
  if (folder === undefined) {
    throw new AssayError("no-file", `The file ${FILE} of the package is missing.`, "Install assay-nas again.");
  }
  const path = join(folder, FILE);
  return parseDigits(new TextDecoder().decode(readDataFile(path)), path);
}
