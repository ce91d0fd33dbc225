import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Benchmark } from "../../src/benchmark/contract.js";
import { openBenchmark } from "../../src/benchmark/index.js";
import { createCatalogue } from "../../src/space/catalogue.js";
import type { FeatureSource } from "../../src/strategy/contract.js";
import { createFeatureSource } from "../../src/strategy/features.js";

/** A benchmark with its encoded space, which all runs on a thread share. */
export interface OpenTable {
  readonly benchmark: Benchmark;
  readonly features: FeatureSource;
}

let opened: { readonly name: string; readonly table: Promise<OpenTable> } | undefined;

/** Opens a benchmark; the latest stays open, so jobs should come in the order of their benchmarks. */
export function openTable(name: string): Promise<OpenTable> {
  if (opened?.name !== name) opened = { name, table: open(name) };
  return opened.table;
}

/** Whether the benchmark can be opened here; if not, says why on the error output. */
export async function isHere(name: string): Promise<boolean> {
  try {
    await openBenchmark(whereIs(name));
    return true;
  } catch (error) {
    console.error(`Without ${name}: ${(error as Error).message}`);
    return false;
  }
}

async function open(name: string): Promise<OpenTable> {
  const benchmark = await openBenchmark(whereIs(name));
  return { benchmark, features: createFeatureSource(createCatalogue(benchmark.space)) };
}

/** Packs that ship lie beside the source; a bundle in another folder does not find them by itself. */
function whereIs(name: string): string {
  const shipped = join(process.cwd(), "packs", `${name}.parquet`);
  return existsSync(shipped) ? shipped : name;
}
