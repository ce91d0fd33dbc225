import { AssayError, suggestName } from "../errors.js";
import type { CostMetric, CostView, SearchSpace } from "../space/contract.js";
import { wholeOf } from "../space/index.js";
import type { Benchmark, Metric, PackMetadata } from "./contract.js";

/** Units of what only a training tells, or of no cost at all. */
const notCosts = new Set([
  "percent",
  "nats",
  "seconds",
  "kilowatt hours",
  "grams CO2-equivalent",
  "trainings",
  "index",
]);
const scores = "score";

/** Columns of a hardware table are named after the device first: `pixel3_latency`. */
const hardwareColumn = /^(.+)_(latency|energy)$/;

/** A cost that a benchmark looks up. */
interface CostColumn extends CostMetric {
  readonly column: string;
}

/**
 * The costs that the columns of a benchmark tell: latencies, energies, FLOPs, params, scores of untrained networks; not what only a
 * training tells. The column `pixel3_latency` is named `latency.pixel3`.
 */
export function costsOfBenchmark({ metrics }: PackMetadata): CostMetric[] {
  return costColumns(metrics).map(({ name, unit }) => ({ name, unit }));
}

/** Whether a benchmark knows a cost by this name: its own, such as `latency.pixel3`, or that of its column, `pixel3_latency`. */
export function findCost({ metrics }: PackMetadata, name: string): CostMetric | undefined {
  const found = costColumns(metrics).find((cost) => cost.name === name || cost.column === name);
  return found && { name, unit: found.unit };
}

/** Why a column is no cost, where there is one of that name; for messages. */
export function whyNoCost({ metrics, name: benchmark }: PackMetadata, name: string): string | undefined {
  if (!metrics.some((metric) => metric.name === name)) return undefined;
  return `"${name}" of ${benchmark} is known only after a training: limits are on what is known before`;
}

/**
 * Columns of a benchmark as known costs of a space: its own space, a part of it, or one over the same architectures. NaN where
 * it has no value. Throws AssayError where there is no such cost or the spaces are different ones.
 *
 * @param names of costs, such as `latency.pixel3`
 * @example
 * const costs = lookUpCosts(await openBenchmark("nasbench201/cifar10"), ["latency.pixel3"], space);
 * const quick = restrictSpace(space, { limits: [parseLimit("latency.pixel3<=5ms")], costs });
 */
export function lookUpCosts(benchmark: Benchmark, names: readonly string[], space: SearchSpace): CostView {
  const { metadata, pack } = benchmark;
  const known = costColumns(metadata.metrics);
  requireSameArchitectures(benchmark, space);
  const found = names.map((name): CostColumn => {
    const cost = known.find((candidate) => candidate.name === name || candidate.column === name);
    if (cost !== undefined) return { ...cost, name };
    throw new AssayError(
      "unknown-cost",
      whyNoCost(metadata, name) ?? `${benchmark.name} has no cost "${name}".`,
      suggestName(
        name,
        known.map((candidate) => candidate.name),
      ),
    );
  });
  const columns = found.map(({ column }) => pack.column(column));
  const { indexOf } = benchmark.space.enumeration!;
  return {
    metrics: found.map(({ name, unit }) => ({ name, unit })),
    write(architecture, values) {
      const row = indexOf(architecture);
      for (let i = 0; i < columns.length; i++) values[i] = row < 0 ? Number.NaN : columns[i][row];
    },
  };
}

function costColumns(metrics: readonly Metric[]): CostColumn[] {
  return metrics.flatMap(({ name: column, unit, split, seed, epoch }) => {
    const isMeasured = split !== undefined || seed !== undefined || epoch !== undefined || notCosts.has(unit);
    if (isMeasured) return [];
    const hardware = unit === scores ? null : hardwareColumn.exec(column);
    return [{ name: hardware === null ? column : `${hardware[2]}.${hardware[1]}`, unit, column }];
  });
}

/** Architectures of one kind of space have the same genes, whatever part of it each benchmark holds. */
function requireSameArchitectures({ name, space }: Benchmark, other: SearchSpace): void {
  const [own, asked] = [wholeOf(space), wholeOf(other)];
  if (own.name === asked.name && own.genes === asked.genes) return;
  throw new AssayError(
    "other-space",
    `${name} says nothing of the architectures of ${other.name}: its space is ${space.name}.`,
    "Take costs of a benchmark over the same space, or of a module: --costs MODULE.",
  );
}
