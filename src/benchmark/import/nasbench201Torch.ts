import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { AssayError, unreadableFile } from "../../errors.js";
import { readWholeFile } from "../archive/readFile.js";
import { readTorchFile } from "../archive/torchFile.js";
import { PickleDictionary, type PickleValue } from "../pickle/values.js";
import { step } from "../table/converter.js";
import type { NasBench201Dataset } from "../table/nasbench201Columns.js";
import type { ImportFormat } from "./format.js";
import { addRecords, recordOptions } from "./natsBench.js";
import { createResultGatherer, type ResultGatherer } from "./resultColumns.js";

/** Files of NAS-Bench-201's own API: one file with `arch2infos`, or a folder with one file for each architecture. */
export const nasBench201TorchFormat: ImportFormat = {
  name: "nasbench201-pth",
  description: "NAS-Bench-201 as published: a .pth file below 2 GB, or a folder of .pth files, complete or in part",
  expects: "a file such as NAS-Bench-201-v1_1.pth, or a folder with files 000000-FULL.pth",
  options: recordOptions,
  async read(path, options, context) {
    const { dataset, curves } = options as { dataset: NasBench201Dataset; curves: boolean };
    const files = listFiles(path);
    const gatherer = createResultGatherer(dataset, curves);
    for (const [done, file] of files.entries()) {
      if (done % 16 === 0) await step(context, `reading ${basename(file)}`, done / files.length);
      addFile(gatherer, readTorchFile(readWholeFile(file), file), file);
    }
    if (gatherer.architectures === 0) throw new AssayError("bad-archive", `${path} holds no results of architectures.`);
    return gatherer.finish({
      name: `nasbench201-pth/${dataset}`,
      title: `NAS-Bench-201, ${dataset}, as published`,
      source: `NAS-Bench-201 (D-X-Y/NAS-Bench-201), ${basename(path)}`,
      licence: "MIT",
    });
  },
};

function listFiles(path: string): string[] {
  let files: string[];
  try {
    if (!statSync(path).isDirectory()) return [path];
    files = readdirSync(path).filter((name) => name.endsWith(".pth") && !name.startsWith("meta"));
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
  if (files.length === 0) throw new AssayError("bad-archive", `${path} holds no .pth files.`);
  return files.sort().map((name) => join(path, name));
}

/** A file holds either everything (`arch2infos`), or the results of one architecture, with or without its hyper-parameters. */
function addFile(gatherer: ResultGatherer, value: PickleValue, file: string): void {
  if (!(value instanceof PickleDictionary)) throw new AssayError("bad-archive", `${file} holds no dictionary.`);
  const all = value.get("arch2infos");
  if (all instanceof PickleDictionary) {
    for (const [index, infos] of all.entries()) addRecords(gatherer, infos, `${file}, architecture ${String(index)}`);
  } else if (value.get("all_results") !== undefined) {
    const single = new PickleDictionary();
    single.set("results", value);
    addRecords(gatherer, single, file);
  } else addRecords(gatherer, value, file);
}
