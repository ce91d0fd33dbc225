import { existsSync } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../errors.js";
import { createTinyNasBench201, type ListedPart } from "../space/index.js";
import { benchmarkFromPack } from "./benchmark.js";
import type { Pack } from "./contract.js";
import type { PackContents } from "./pack/contents.js";
import { openPack } from "./pack/open.js";
import { takePackRows } from "./pack/rows.js";
import { savePack } from "./pack/write.js";
import { cacheFolder } from "./places.js";
import { type ConversionContext, step } from "./table/converter.js";

/** A benchmark that is a part of another one: the rows of a restricted space. */
export interface DerivedBenchmark {
  readonly name: string;
  readonly title: string;
  /** The benchmark with all rows. */
  readonly base: string;
  readonly space: () => ListedPart;
  /** What a reader must know, besides the notes of the base. */
  readonly notes: readonly string[];
}

/** The benchmarks that are made from others, wherever these come from. */
export const derivedBenchmarks: readonly DerivedBenchmark[] = [
  {
    name: "tiny-nasbench201",
    title: "Tiny-NAS-Bench-201: the 4,096 cells of at most 35 MFLOPs, on CIFAR-10",
    base: "nasbench201/cifar10",
    space: createTinyNasBench201,
    notes: ["The rows of nasbench201/cifar10 whose cells have at most 35 MFLOPs (MAC)."],
  },
];

/** Changes whenever the same base would give another pack. */
const version = 2;

/** The pack of a derived benchmark: the one in the cache, or a new one where the base is another since. */
export async function packOfBase(derived: DerivedBenchmark, base: Pack, context: ConversionContext): Promise<Pack> {
  const file = join(
    cacheFolder(),
    "packs",
    `${derived.name}-${version}-${base.metadata.checksum.slice(0, 16)}.parquet`,
  );
  if (existsSync(file)) {
    try {
      return openPack(file);
    } catch (error) {
      // A damaged file in the cache is made anew.
      if (!(error instanceof AssayError)) throw error;
    }
  }
  await step(context, `taking ${derived.name} out of ${derived.base} (only once)`, 0);
  savePack(deriveContents(derived, base), file);
  return openPack(file);
}

/** The rows of the restricted space with all columns. */
function deriveContents({ name, title, base, space, notes }: DerivedBenchmark, stored: Pack): PackContents {
  const restricted = space();
  const { pack, space: whole } = benchmarkFromPack(stored);
  if (whole.name !== restricted.base.name || whole.size !== restricted.base.size) {
    throw new AssayError(
      "bad-pack",
      `${stored.source ?? base} is no table of ${restricted.base.name}: ${name} cannot be made.`,
    );
  }
  const { schema: _schema, rows: _rows, checksum: _checksum, rowIndex: _rowIndex, ...kept } = pack.metadata;
  const part = takePackRows(pack, restricted.baseIndices);
  return {
    metadata: { ...kept, name, title, space: { name: restricted.name, options: {} }, notes: [...notes, ...kept.notes] },
    columns: new Map(part.columns.map((column) => [column, part.column(column)])),
    text: new Map(part.textColumns.map((column) => [column, part.text(column)])),
  };
}
