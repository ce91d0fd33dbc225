import { AssayError } from "../../errors.js";
import { defineOptions } from "../../options.js";
import type { Generator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../contract.js";
import type { SpaceDefinition } from "../definition.js";
import { edgeSlots } from "../vertexOrders.js";
import { canonicaliseCell } from "./canonical.js";
import {
  CELLS,
  createCell,
  GENES,
  labellings,
  MAXIMUM_EDGES,
  MAXIMUM_VERTICES,
  packAdjacency,
  packOperations,
  unpack,
} from "./cell.js";
import { type CellTable, createCellTable } from "./cellTable.js";
import { keysOfNeighbours, tryMutation } from "./edits.js";
import { type CellColumns, enumerateCells } from "./enumerate.js";
import { moduleHash } from "./moduleHash.js";
import { pruneCell } from "./prune.js";
import { formatCell, parseCell } from "./text.js";
import { costView, graphView } from "./views.js";

const DESCRIPTION = "NAS-Bench-101: directed acyclic cells of up to 7 vertices and 9 edges, 423,624 different ones";

/** Options of `createNasBench101`. */
export interface NasBench101Options {
  /**
   * The cells of the space, in canonical form, one element of each column for each; row number = index. By default all
   * 423,624 cells, enumerated when they are first needed (about 0.1 s).
   */
  readonly cells?: CellColumns;
}

/**
 * NAS-Bench-101 (Ying et al., ICML 2019): cells of 2 to 7 vertices and at most 9 edges, with one of three operations on
 * each interior vertex. Genes are [vertices, adjacency bits, operation digits]: bit 0 of the adjacency is edge (0, 1), then
 * (0, 2) and so on row by row; digit 0 of the operations (base 3) is the first interior vertex, 0 a 3x3 convolution, 1 a 1x1
 * convolution, 2 max pooling.
 *
 * Architectures of this space are canonical cells: `canonical` removes vertices without a path and returns the form
 * that the official enumeration meets first, which has the published FLOPs and params; `enumeration.indexOf` and `parse`
 * also take other forms. `mutate` changes several edges and operations at once, as published, and therefore often leaves the
 * `neighbours`.
 *
 * @example
 * const space = createNasBench101();
 * space.parse("7:100110100001001010101:I3M331O");
 */
export function createNasBench101({ cells }: NasBench101Options = {}): SearchSpace {
  if (cells !== undefined) checkColumns(cells);
  const size = cells?.vertices.length ?? CELLS;
  const room = cells === undefined ? MAXIMUM_VERTICES : largest(cells.vertices);
  const columns = (): CellColumns => cells ?? allCells();
  let ownTable: CellTable | undefined;
  const table = (): CellTable => {
    if (cells === undefined) return tableOfAllCells();
    ownTable ??= createCellTable(cells);
    return ownTable;
  };

  const write = (index: number, architecture: Architecture): void => {
    const { vertices, adjacency, operations } = columns();
    architecture[0] = vertices[index];
    architecture[1] = adjacency[index];
    architecture[2] = operations[index];
  };
  const indexOf = (architecture: Architecture): number => {
    if (!hasValidGenes(architecture)) return -1;
    const row = table().find(architecture[0], architecture[1], architecture[2]);
    if (row >= 0) return row;
    unpackGenes(architecture);
    const edges = pruneCell(scratch);
    if (edges === 0 || edges > MAXIMUM_EDGES) return -1;
    canonicaliseCell(scratch);
    return table().find(scratch.vertices, packAdjacency(scratch), packOperations(scratch));
  };
  const contains = (key: number): boolean => {
    if (cells === undefined) return true;
    return table().find(key >>> 29, (key >>> 8) & 0x1fffff, key & 0xff) >= 0;
  };
  const at = (index: number): Architecture => {
    const architecture = new Int32Array(GENES);
    write(index, architecture);
    return architecture;
  };
  const canonical = (architecture: Architecture): Architecture => {
    loadCanonical(architecture);
    return genesOf();
  };
  const neighbours = (architecture: Architecture): Architecture[] => {
    loadCanonical(architecture);
    return keysOfNeighbours(scratch).filter(contains).map(genesOfKey);
  };

  return {
    name: "nasbench101",
    description: DESCRIPTION,
    size: BigInt(size),
    genes: GENES,
    views: { graph: graphView, cost: costView },
    enumeration: { size, write, indexOf, isCanonical: true },
    sample: (generator) => at(generator.integer(size)),
    mutate(architecture, generator) {
      const own = canonical(architecture);
      const mutant = mutateWithin(own, room, contains, generator);
      if (mutant !== undefined) return mutant;
      const choices = neighbours(architecture);
      if (choices.length > 0) return choices[generator.integer(choices.length)];
      if (size < 2) throw new RangeError("a space of one architecture has no mutants");
      // A subset of the cells may have islands that no edit reaches.
      const index = indexOf(own);
      const other = generator.integer(index < 0 ? size : size - 1);
      return at(index >= 0 && other >= index ? other + 1 : other);
    },
    neighbours,
    canonical,
    format(architecture) {
      checkGenes(architecture);
      unpackGenes(architecture);
      return formatCell(scratch);
    },
    parse(text) {
      if (/^\s*[0-9a-f]{32}\s*$/i.test(text)) return at(rowOfHash(text.trim().toLowerCase(), columns()));
      const cell = parseCell(text);
      return Int32Array.of(cell.vertices, packAdjacency(cell), packOperations(cell));
    },
  };
}

/** The entry of the registry of spaces. */
export const nasbench101Definition: SpaceDefinition = {
  name: "nasbench101",
  description: DESCRIPTION,
  source: "Ying et al., NAS-Bench-101, ICML 2019",
  options: defineOptions({}),
  create: () => createNasBench101(),
};

/**
 * The official module hash of a cell, 32 hexadecimal digits; the same for all forms of a cell.
 *
 * @example
 * nasBench101Hash(createNasBench101().parse("2:1:IO"));
 */
export function nasBench101Hash(architecture: Architecture): string {
  loadCanonical(architecture);
  return moduleHash(scratch);
}

/** One cell for all that happens between two calls from outside. */
const scratch = createCell();

let everyCell: CellColumns | undefined;
function allCells(): CellColumns {
  everyCell ??= enumerateCells();
  return everyCell;
}

let tableOfEveryCell: CellTable | undefined;
function tableOfAllCells(): CellTable {
  tableOfEveryCell ??= createCellTable(allCells());
  return tableOfEveryCell;
}

const TRIES = 1000;

function mutateWithin(
  own: Architecture,
  room: number,
  contains: (key: number) => boolean,
  generator: Generator,
): Architecture | undefined {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    unpackGenes(own);
    const key = tryMutation(scratch, Math.max(room, own[0]), generator);
    if (key === undefined || !contains(key)) continue;
    const mutant = genesOfKey(key);
    if (mutant.some((gene, i) => gene !== own[i])) return mutant;
  }
  return undefined;
}

function unpackGenes(architecture: Architecture): void {
  unpack(architecture[0], architecture[1], architecture[2], scratch);
}

function genesOf(): Architecture {
  return Int32Array.of(scratch.vertices, packAdjacency(scratch), packOperations(scratch));
}

function genesOfKey(key: number): Architecture {
  return Int32Array.of(key >>> 29, (key >>> 8) & 0x1fffff, key & 0xff);
}

function hasValidGenes([vertices, adjacency, operations]: Architecture): boolean {
  return (
    vertices >= 2 &&
    vertices <= MAXIMUM_VERTICES &&
    adjacency >= 0 &&
    adjacency < 2 ** edgeSlots(vertices) &&
    operations >= 0 &&
    operations < labellings(vertices)
  );
}

function checkGenes(architecture: Architecture): void {
  if (hasValidGenes(architecture)) return;
  throw new AssayError("bad-architecture", `The genes ${architecture.join(", ")} are no cell of nasbench101.`);
}

/** Fills `scratch` with the canonical form. */
function loadCanonical(architecture: Architecture): void {
  checkGenes(architecture);
  unpackGenes(architecture);
  const edges = pruneCell(scratch);
  if (edges === 0 || edges > MAXIMUM_EDGES) {
    const reason =
      edges === 0 ? "no path leads from input to output" : `${edges} edges, at most ${MAXIMUM_EDGES} allowed`;
    throw new AssayError(
      "bad-architecture",
      `The genes ${architecture.join(", ")} are no cell of nasbench101: ${reason}.`,
    );
  }
  canonicaliseCell(scratch);
}

function checkColumns({ vertices, adjacency, operations }: CellColumns): void {
  if (vertices.length > 0 && vertices.length === adjacency.length && vertices.length === operations.length) return;
  throw new AssayError(
    "bad-cells",
    `The cells of nasbench101 must be three columns of one length, found ${vertices.length} vertices, ${adjacency.length} adjacency and ${operations.length} operations.`,
  );
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
}

/** The published tables are in the order of the hashes, so that few cells need to be hashed. */
function rowOfHash(hash: string, { vertices, adjacency, operations }: CellColumns): number {
  let low = 0;
  let high = vertices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    unpack(vertices[middle], adjacency[middle], operations[middle], scratch);
    const found = moduleHash(scratch);
    if (found === hash) return middle;
    if (found < hash) low = middle + 1;
    else high = middle;
  }
  throw new AssayError(
    "bad-architecture",
    `No cell with the module hash ${hash} was found.`,
    "Hashes are found where the cells are in the order of the hashes, as in the benchmark nasbench101; else write vertices:edges:letters.",
  );
}
