import { join } from "node:path";
import { AssayError } from "../../errors.js";
import { type Registry, resolve } from "../../registry.js";
import type { Spec } from "../../spec.js";
import { benchmarkFromPack } from "../benchmark.js";
import type { Pack } from "../contract.js";
import { packName } from "../pack/metadata.js";
import { openPack } from "../pack/open.js";
import { savePack } from "../pack/write.js";
import { userFolder } from "../places.js";
import { type ConversionContext, step } from "../table/converter.js";
import { csvFormats } from "./csv.js";
import type { ImportFormat } from "./format.js";
import { nasBench101TfRecordFormat } from "./nasbench101TfRecord.js";
import { nasBench201TorchFormat } from "./nasbench201Torch.js";
import { natsBenchFormat } from "./natsBench.js";

/** The formats that can be imported, by name. */
export const importFormats: Registry<ImportFormat> = Object.fromEntries(
  [...csvFormats, natsBenchFormat, nasBench201TorchFormat, nasBench101TfRecordFormat].map((format) => [
    format.name,
    format,
  ]),
);

/** Options of `importBenchmark`. */
export interface ImportOptions extends ConversionContext {
  /** Name of the pack; by default the format's own. */
  readonly name?: string | undefined;
  /** Folder for the pack, which lies there as `<name>.parquet`; by default the user's data folder. */
  readonly folder?: string | undefined;
}

/**
 * Turns a published file or folder into a pack, writes it where `openBenchmark` finds it, and opens it. All columns of the
 * written file are compared with its checksum. Nothing in the input is ever executed. Throws AssayError that says what is
 * wrong with the input and where.
 *
 * @param format a name from `importFormats`, with options where it has any: `nasbench201-csv:dataset=cifar100`
 * @example
 * const pack = await importBenchmark("nats-bench:dataset=cifar100", "NATS-tss-v1_0-3ffb9-simple");
 * const benchmark = await openBenchmark(pack.metadata.name);
 */
export async function importBenchmark(
  format: string | Spec,
  path: string,
  { name, folder = join(userFolder(), "packs"), ...context }: ImportOptions = {},
): Promise<Pack> {
  const { definition, options } = resolve("format", importFormats, format);
  if (name !== undefined && !packName.test(name)) {
    throw new AssayError("bad-name", `"${name}" cannot name a benchmark.`, "Use letters, digits, _ - . and / between.");
  }
  const contents = await definition.read(path, options, context);
  const metadata = name === undefined ? contents.metadata : { ...contents.metadata, name };
  if (!contents.columns.has(metadata.label) || !contents.columns.has(metadata.test)) {
    throw new AssayError(
      "incomplete-import",
      `${path} lacks what a benchmark needs: there are no values for ${metadata.label} or ${metadata.test}.`,
      `It holds ${[...contents.columns.keys()].slice(0, 10).join(", ") || "nothing"}.`,
    );
  }
  const file = join(folder, `${metadata.name}.parquet`);
  await step(context, `writing ${file}`, 1);
  savePack({ ...contents, metadata }, file);
  const pack = openPack(file, { verify: true });
  benchmarkFromPack(pack);
  return pack;
}
