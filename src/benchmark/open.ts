import { existsSync } from "node:fs";
import { join } from "node:path";
import { AssayError, suggestName } from "../errors.js";
import { benchmarkFromPack } from "./benchmark.js";
import type { Benchmark, EstimationCode, Pack } from "./contract.js";
import { derivedBenchmarks, packOfBase } from "./derived.js";
import { packName } from "./pack/metadata.js";
import { openPack } from "./pack/open.js";
import { findFiles, packPlaces } from "./places.js";
import type { ProgressListener } from "./table/converter.js";
import { tableConverters } from "./table/index.js";
import { findTables, packOfTables } from "./tableCache.js";

/** Options of `openBenchmark`. */
export interface OpenBenchmarkOptions {
  /** Called while raw tables are converted, which happens once. */
  readonly onProgress?: ProgressListener | undefined;
  /** Calls a conversion off. */
  readonly signal?: AbortSignal | undefined;
  /** Compare all columns with the pack's checksum. */
  readonly verify?: boolean;
}

/** One line of the list of benchmarks. */
export interface BenchmarkListing {
  readonly name: string;
  readonly title: string;
  /** "pack", "tables" for raw tables that are converted on first use, "part" for what is then taken out of another. */
  readonly kind: "pack" | "tables" | "part";
  /** The pack file, or the folder with the tables; that of the whole for a part. */
  readonly path: string;
  /** Where that is, in words. */
  readonly place: string;
  /** Absent for what was not made yet. */
  readonly rows: number | undefined;
  readonly notes: readonly string[];
  /** Absent for what was not made yet. */
  readonly estimationCodes?: readonly EstimationCode[];
}

/**
 * Opens a benchmark by name: a pack in the ASSAY_DATA folder, raw tables there (converted once into the user's cache), a pack in
 * the user's data folder, or one that ships. A path to a `.parquet` file works as well. Throws AssayError with the nearest
 * name where there is none.
 *
 * @example
 * const benchmark = await openBenchmark("nasbench201/cifar100");
 */
export async function openBenchmark(name: string, options: OpenBenchmarkOptions = {}): Promise<Benchmark> {
  return benchmarkFromPack(await openNamedPack(name, options));
}

/** The pack of a benchmark, without making its space. */
export async function openNamedPack(name: string, options: OpenBenchmarkOptions = {}): Promise<Pack> {
  const { verify = false } = options;
  if (name.endsWith(".parquet")) return openPack(name, { verify });
  const converter = tableConverters.find((candidate) => candidate.name === name);
  for (const { folder, tables } of packPlaces()) {
    const path = packNamed(name, folder);
    if (path !== undefined) return openPack(path, { verify });
    const found = tables && converter !== undefined ? findTables(converter, folder) : undefined;
    if (converter !== undefined && found !== undefined) {
      return openPack(await packOfTables(converter, found, options), { verify });
    }
  }
  const derived = derivedBenchmarks.find((candidate) => candidate.name === name);
  if (derived !== undefined) return packOfBase(derived, await openNamedPack(derived.base, options), options);
  throw unknownBenchmark(name);
}

/** Every benchmark that can be opened now, in the order in which they are looked for; a name hides the same name further down. */
export function listBenchmarks(): BenchmarkListing[] {
  const listings = new Map<string, BenchmarkListing>();
  for (const { folder, tables, title: place } of packPlaces()) {
    for (const path of findFiles(folder, ".parquet")) {
      const pack = packOrNothing(path);
      if (pack === undefined || listings.has(pack.metadata.name)) continue;
      const { name, title, rows, notes, estimationCodes = [] } = pack.metadata;
      listings.set(name, { name, title, kind: "pack", path, place, rows, notes, estimationCodes });
    }
    if (!tables) continue;
    for (const converter of tableConverters) {
      if (listings.has(converter.name) || findTables(converter, folder) === undefined) continue;
      const { name, title, notes } = converter;
      listings.set(name, { name, title, kind: "tables", path: folder, place, rows: undefined, notes });
    }
  }
  for (const { name, title, base, notes } of derivedBenchmarks) {
    const listing = listings.get(base);
    if (listing === undefined || listings.has(name)) continue;
    const { path, place } = listing;
    listings.set(name, { name, title, kind: "part", path, place, rows: undefined, notes });
  }
  return [...listings.values()];
}

/** How to get more benchmarks, for messages and lists. */
export const howToGetBenchmarks =
  "Set ASSAY_DATA to a folder with packs (*.parquet) or the known CSV tables, or import a published file: assay import <format> <path>.";

function packNamed(name: string, folder: string): string | undefined {
  const direct = join(folder, `${name}.parquet`);
  // A damaged file under the very name that was asked for must not hide behind "no such benchmark".
  if (packName.test(name) && existsSync(direct) && openPack(direct).metadata.name === name) return direct;
  return findFiles(folder, ".parquet").find((path) => packOrNothing(path)?.metadata.name === name);
}

function packOrNothing(path: string): Pack | undefined {
  try {
    return openPack(path);
  } catch (error) {
    // Other Parquet files may lie in the same folder; only naming one of them is a mistake.
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

function unknownBenchmark(name: string): AssayError {
  const known = tableConverters.find((converter) => converter.name === name);
  const available = listBenchmarks().map((listing) => listing.name);
  const looked = packPlaces().map(
    ({ title, folder }) => `${title} (${folder}${existsSync(folder) ? "" : ", which does not exist"})`,
  );
  const where = `Looked in ${looked.join(", ")}.`;
  if (known !== undefined) {
    const needs = known.required.map((path) => `${path}.gz`).join(", ");
    const hint = `${where} It can be made from ${needs}. ${howToGetBenchmarks}`;
    return new AssayError("unknown-benchmark", `The benchmark "${name}" is not here.`, hint);
  }
  const near = suggestName(name, [...new Set([...available, ...tableConverters.map((converter) => converter.name)])]);
  return new AssayError(
    "unknown-benchmark",
    `There is no benchmark "${name}".`,
    `${near} ${where} ${howToGetBenchmarks}`,
  );
}
