import { AssayError } from "../errors.js";
import type { SearchSpace } from "../space/contract.js";
import { createNasBench101, createSpace } from "../space/index.js";
import type { Benchmark, BenchmarkHandle, Column, Pack } from "./contract.js";
import { createLabels } from "./labels.js";
import { asDoubles } from "./pack/columns.js";
import { missingColumn, openPack } from "./pack/open.js";
import { spreadPack } from "./pack/spread.js";
import { openPart } from "./restricted.js";

/** The columns that list the cells of a pack in NAS-Bench-101. */
export const cellColumns = ["vertices", "adjacency", "operations"] as const;

/**
 * The benchmark of a pack.
 *
 * @example
 * const benchmark = benchmarkFromPack(openPack("packs/nasbench201/cifar10.parquet"));
 */
export function benchmarkFromPack(stored: Pack): Benchmark {
  const { metadata } = stored;
  const space = spaceOf(stored);
  if (space.enumeration === undefined) {
    throw new AssayError("bad-pack", `${metadata.name}: the space ${space.name} cannot be enumerated.`);
  }
  const pack = spreadPack(stored, space.enumeration.size);
  let test: Float64Array | undefined;
  return {
    name: metadata.name,
    metadata,
    space,
    pack,
    get test() {
      test ??= asDoubles(pack.column(metadata.test));
      return test;
    },
    labels: (rule, generator) => createLabels(pack, rule, generator),
    handle: () => handleOf(stored),
  };
}

/**
 * Opens in another thread the benchmark that `Benchmark.handle()` describes. Columns of the handle are shared; others are
 * read from the pack's file.
 */
export function benchmarkFromHandle(handle: BenchmarkHandle): Benchmark {
  return (handle.parts ?? []).reduce(openPart, benchmarkFromPack(packFromHandle(handle)));
}

function spaceOf(pack: Pack): SearchSpace {
  const { space } = pack.metadata;
  if (space.name !== "nasbench101" || !cellColumns.every((name) => pack.columns.includes(name)))
    return createSpace(space);
  const [vertices, adjacency, operations] = cellColumns.map((name) => pack.column(name));
  return createNasBench101({ cells: { vertices, adjacency, operations } });
}

function handleOf(pack: Pack): BenchmarkHandle {
  const { metadata, source } = pack;
  const wanted = new Set([metadata.label, metadata.test, ...Object.values(metadata.seedLabels)]);
  if (metadata.rowIndex !== undefined) wanted.add(metadata.rowIndex);
  for (const name of cellColumns) if (pack.columns.includes(name)) wanted.add(name);
  // Without a file the other thread has nothing to read from, so it gets everything.
  if (source === undefined) for (const name of pack.columns) wanted.add(name);
  return { metadata, source, columns: Object.fromEntries([...wanted].map((name) => [name, pack.column(name)])) };
}

function packFromHandle({ metadata, columns, source }: BenchmarkHandle): Pack {
  let file: Pack | undefined;
  const readFile = (name: string): Pack => {
    if (source === undefined) throw missingColumn(name, Object.keys(columns), metadata.name);
    file ??= openPack(source);
    return file;
  };
  return {
    metadata,
    source,
    get columns() {
      return source === undefined ? Object.keys(columns) : readFile("").columns;
    },
    get textColumns() {
      return source === undefined ? [] : readFile("").textColumns;
    },
    column: (name): Column => (Object.hasOwn(columns, name) ? columns[name] : readFile(name).column(name)),
    text: (name) => readFile(name).text(name),
  };
}
