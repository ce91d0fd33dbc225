import { AssayError, suggestName } from "../errors.js";
import { createMatrix, type Matrix, takeRows } from "../kernels/matrix.js";
import type { SearchSpace } from "../space/contract.js";
import { isListedPart, limitsOf } from "../space/index.js";
import type { EstimationSource } from "../strategy/contract.js";
import type { Benchmark, EstimationCode } from "./contract.js";
import { takeRowsOf } from "./pack/rows.js";

/** The estimation codes of a whole space. Plain data in shared memory, for any thread. */
export interface EstimationTable {
  /** `losses`, or with the benchmark that they come from: `digits201/losses`. */
  readonly name: string;
  readonly description: string;
  /** Of one architecture, as a fraction of one full training. */
  readonly cost: number;
  /** One row for each architecture of the space that is searched; NaN where there is no code. */
  readonly codes: Matrix;
}

/**
 * Estimation codes out of the columns of a benchmark.
 *
 * @param name of the code, one of `benchmark.metadata.estimationCodes`
 * @param from another benchmark over the same space, or over one that shares architectures with it, whose columns they are
 * @throws AssayError where there is no such code, or the two spaces share nothing
 * @example
 * const table = readEstimationTable(await openBenchmark("nasbench201/cifar100"), "proxy-losses");
 */
export function readEstimationTable(benchmark: Benchmark, name: string, from: Benchmark = benchmark): EstimationTable {
  const { columns, cost, description } = codeNamed(from, name);
  const sources = columns.map((column) => from.pack.column(column));
  const rows = benchmark === from ? undefined : matchRows(benchmark.space, from.space);
  const codes = createMatrix(benchmark.space.enumeration!.size, columns.length);
  for (let row = 0; row < codes.rows; row++) {
    const source = rows === undefined ? row : rows[row];
    for (const [i, column] of sources.entries()) {
      codes.data[row * columns.length + i] = source < 0 ? Number.NaN : column[source];
    }
  }
  return { name: benchmark === from ? name : `${from.name}/${name}`, description, cost, codes };
}

/**
 * A source of codes for searches of the space of the table.
 *
 * @example
 * const table = await openEstimation(benchmark, "digits201/losses");
 * const setup = setUpTableSearch({ benchmark, strategy: "siamese-nas", seed: 1, estimation: table && estimationFromTable(table) });
 */
export function estimationFromTable({ name, cost, codes }: EstimationTable): EstimationSource {
  return { name, length: codes.columns, cost, of: async (architectures) => takeRows(codes, architectures) };
}

/**
 * Estimation codes that a benchmark looks up, for `StrategyContext.estimation`.
 *
 * @param from another benchmark over the same space whose codes are taken
 * @example
 * const estimation = createTableEstimation(benchmark, "proxy-losses");
 * const codes = await estimation.of([17, 4]); // 2 rows
 */
export function createTableEstimation(benchmark: Benchmark, name: string, from?: Benchmark): EstimationSource {
  return estimationFromTable(readEstimationTable(benchmark, name, from));
}

function codeNamed({ name: benchmark, metadata }: Benchmark, name: string): EstimationCode {
  const offered = metadata.estimationCodes ?? [];
  const found = offered.find((code) => code.name === name);
  if (found !== undefined) return found;
  const names = offered.map((code) => code.name);
  throw new AssayError(
    "unknown-estimation-code",
    `${benchmark} has no estimation code "${name}".`,
    names.length === 0 ? "It offers none." : suggestName(name, names),
  );
}

/** For each architecture of a space its row in another, -1 where it has none there. */
function matchRows(space: SearchSpace, other: SearchSpace): Int32Array {
  // The names of parts with limits do not tell which rows they have, but their wholes can be compared by name.
  if (isListedPart(space) && space.limits.length > 0)
    return takeRowsOf(matchRows(space.base, other), space.baseIndices);
  const enumeration = space.enumeration!;
  const rows = new Int32Array(enumeration.size);
  const isSame =
    limitsOf(other).length === 0 && space.name === other.name && enumeration.size === other.enumeration!.size;
  const genes = new Int32Array(space.genes);
  let shared = 0;
  for (let row = 0; row < rows.length; row++) {
    enumeration.write(row, genes);
    rows[row] = isSame ? row : findByText(other, space.format(genes));
    if (rows[row] >= 0) shared++;
    // Each miss is an exception: a space of another kind must show before hundreds of thousands of them.
    if (shared === 0 && row >= 1000) break;
  }
  if (shared > 0) return rows;
  throw new AssayError(
    "other-space",
    `Estimation codes of the space ${other.name} say nothing of the architectures of ${space.name}.`,
    "Take codes of a benchmark over the same space.",
  );
}

function findByText(space: SearchSpace, text: string): number {
  try {
    return space.enumeration!.indexOf(space.parse(text));
  } catch (error) {
    if (error instanceof AssayError) return -1;
    throw error;
  }
}
