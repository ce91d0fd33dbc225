import { AssayError } from "../errors.js";
import type { Benchmark } from "./contract.js";
import { type EstimationTable, readEstimationTable } from "./estimation.js";
import { type OpenBenchmarkOptions, openBenchmark } from "./open.js";

/**
 * The estimation codes that a user names for a search of a benchmark: `losses` are its own, `digits201/losses` those of another
 * benchmark over the same space, `none` none. Without a name: its own first, where it has any.
 *
 * @example
 * const codes = await openEstimation(benchmark, "digits201/losses");
 */
export async function openEstimation(
  benchmark: Benchmark,
  name: string | undefined,
  options: OpenBenchmarkOptions = {},
): Promise<EstimationTable | undefined> {
  const own = benchmark.metadata.estimationCodes ?? [];
  if (name === "none") return undefined;
  if (name === undefined) return own.length === 0 ? undefined : readEstimationTable(benchmark, own[0].name);
  const slash = name.lastIndexOf("/");
  if (slash < 0) return readEstimationTable(benchmark, name);
  const other = name.slice(0, slash);
  if (other === benchmark.name) return readEstimationTable(benchmark, name.slice(slash + 1));
  if (other === "" || slash === name.length - 1) {
    throw new AssayError("bad-option", `"${name}" names no estimation code.`, "Write losses, or digits201/losses.");
  }
  return readEstimationTable(benchmark, name.slice(slash + 1), await openBenchmark(other, options));
}
