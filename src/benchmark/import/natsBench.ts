import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { AssayError } from "../../errors.js";
import { defineOptions } from "../../options.js";
import { unpackBzip2 } from "../archive/bzip2.js";
import { readWholeFile } from "../archive/readFile.js";
import { unpickle } from "../pickle/unpickle.js";
import type { PickleValue } from "../pickle/values.js";
import { step } from "../table/converter.js";
import { type NasBench201Dataset, nasBench201Datasets } from "../table/nasbench201Columns.js";
import type { ImportFormat } from "./format.js";
import { createResultGatherer, type ResultGatherer } from "./resultColumns.js";
import { dictionary, readArchitectureResults } from "./trainingResult.js";

/** The record of one architecture is about 0.3 MB. */
const maximumUnpackedBytes = 64 << 20;
const maximumObjects = 2_000_000;

/** Options of the formats that hold the records of NAS-Bench-201. */
export const recordOptions = defineOptions({
  dataset: z.enum(nasBench201Datasets).default("cifar10").describe("Data set whose measurements are taken"),
  curves: z.boolean().default(true).describe("Keep accuracies and losses after every epoch (thousands of columns)"),
});

const recordFile = /^\d{6}\.pickle(\.p?bz2)?$/;

/** Folders of NATS-Bench's topology space (the "simple" archives): one bzip2 pickle for each architecture. */
export const natsBenchFormat: ImportFormat = {
  name: "nats-bench",
  description: "NATS-Bench topology space as published: a folder of bzip2 pickles, complete or in part",
  expects: "a folder such as NATS-tss-v1_0-3ffb9-simple with files 000000.pickle.pbz2",
  options: recordOptions,
  async read(path, options, context) {
    const { dataset, curves } = options as { dataset: NasBench201Dataset; curves: boolean };
    const names = listRecords(path);
    const gatherer = createResultGatherer(dataset, curves);
    for (const [done, name] of names.entries()) {
      if (done % 16 === 0) await step(context, `reading ${name}`, done / names.length);
      const file = join(path, name);
      const packed = readWholeFile(file);
      const bytes = name.endsWith("bz2") ? unpackBzip2(packed, maximumUnpackedBytes, file) : packed;
      addRecords(gatherer, unpickle(bytes, { origin: file, maximumObjects }).value, file);
    }
    return gatherer.finish({
      name: `nats-bench/${dataset}`,
      title: `NATS-Bench topology space, ${dataset}, as published`,
      source: `NATS-Bench (D-X-Y/NATS-Bench), ${basename(path)}`,
      licence: "MIT",
    });
  },
};

function listRecords(path: string): string[] {
  let names: string[];
  try {
    names = readdirSync(path).filter((name) => recordFile.test(name));
  } catch (cause) {
    throw new AssayError("no-file", `Cannot list ${path}: ${(cause as Error).message}.`, undefined, { cause });
  }
  if (names.length > 0) return names.sort();
  throw new AssayError("bad-archive", `${path} holds no files like 000000.pickle.pbz2.`);
}

/** Adds all numbers of epochs of one architecture: a dictionary of results by hyper-parameters ("12", "200", "less", "full"). */
export function addRecords(gatherer: ResultGatherer, value: PickleValue, origin: string): void {
  try {
    for (const [, results] of dictionary(value, "a record").entries()) {
      const read = readArchitectureResults(results);
      if (/^\d+(:\d+)+$/.test(read.text)) {
        throw new AssayError(
          "unsupported",
          `${origin} belongs to the size space of NATS-Bench (widths ${read.text}), which is not supported.`,
          "Give a folder of the topology space (NATS-tss-…).",
        );
      }
      gatherer.add(read);
    }
  } catch (cause) {
    if (cause instanceof AssayError && cause.code === "unsupported") throw cause;
    throw new AssayError("bad-archive", `${origin}: ${(cause as Error).message.replace(/\.$/, "")}.`, undefined, {
      cause,
    });
  }
}
