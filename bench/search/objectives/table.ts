import type { Benchmark } from "../../../src/benchmark/contract.js";
import { setUpTableSearch } from "../../../src/experiment/searchSetup.js";
import { createGenerator } from "../../../src/random/index.js";
import { isHere, openTable } from "../tables.js";
import type { Objective } from "./objective.js";

/** An objective that is worked out of the columns of a benchmark. */
interface TableObjectiveOptions {
  readonly benchmark: string;
  readonly what: string;
  readonly rule: string;
  readonly onRequest?: boolean;
  /** Columns by name, one value for each architecture; not finite where an evaluation fails. */
  readonly values: (column: (name: string) => ArrayLike<number>, benchmark: Benchmark) => Float64Array;
  /** Label rule of the benchmark that gives the labels instead, where they are noisy. */
  readonly label?: string;
}

/** The objective of a table: labels are its values, or those of a noisy label rule. */
export function tableObjective(options: TableObjectiveOptions): Objective {
  const { benchmark: name, what, rule, onRequest, label } = options;
  let kept: Promise<Float64Array> | undefined;
  const values = (): Promise<Float64Array> => {
    kept ??= openTable(name).then(({ benchmark }) =>
      options.values((column) => benchmark.pack.column(column), benchmark).map((value) => onlyFinite(value)),
    );
    return kept;
  };
  return {
    name: `${name}: ${what}`,
    rule,
    ...(onRequest === undefined ? {} : { onRequest }),
    isHere: () => isHere(name),
    async prepare({ strategy, batch, seed }) {
      const { benchmark, features } = await openTable(name);
      const found = await values();
      const given: Benchmark =
        label === undefined
          ? withLabels(benchmark, found, what)
          : withLabels(benchmark, benchmark.labels(label, createGenerator(seed).split("labels")).values, what);
      const setup = setUpTableSearch({ benchmark: given, features, strategy, batch, seed });
      return { setup, worthOf: ({ architecture }) => found[architecture] };
    },
    async worst() {
      return (await values()).reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
    },
  };
}

/** The benchmark with other labels, whatever the rule. */
function withLabels(benchmark: Benchmark, values: Float64Array, description: string): Benchmark {
  return {
    name: benchmark.name,
    metadata: benchmark.metadata,
    space: benchmark.space,
    pack: benchmark.pack,
    get test() {
      return benchmark.test;
    },
    labels: () => ({ values, rule: description, description }),
    handle: () => benchmark.handle(),
  };
}

function onlyFinite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** A column as the objective. */
export function column(benchmark: string, name: string, what: string): Objective {
  const rule = `column ${name}`;
  return tableObjective({ benchmark, what, rule, values: (read) => Float64Array.from(read(name)) });
}

/** A cost as the objective: the smaller, the better. */
export function minus(benchmark: string, name: string): Objective {
  const rule = `minus column ${name}`;
  const values = (read: (name: string) => ArrayLike<number>) => Float64Array.from(read(name), (value) => -value);
  return tableObjective({ benchmark, what: `minus ${name}`, rule, values });
}

/** What the benchmark itself gives a strategy; where that is noisy, what the label would be without noise. */
export function ownLabel(benchmark: string): Objective {
  const values = (_: unknown, opened: Benchmark) => Float64Array.from(opened.labels("mean", createGenerator(1)).values);
  return tableObjective({ benchmark, what: "own label", rule: "label rule mean", values });
}

/** Accuracy of architectures up to a limit, above which the evaluation fails: a share of the sorted costs. */
export function limited(benchmark: string, accuracy: string, cost: string, share: number): Objective {
  return tableObjective({
    benchmark,
    what: `${accuracy}, at most the ${cost} of ${100 * share} %`,
    rule: `column ${accuracy}; an evaluation fails where ${cost} is above its ${share} quantile over the space`,
    values: (read) => {
      const costs = Float64Array.from(read(cost));
      const sorted = costs.filter((value) => Number.isFinite(value)).sort();
      const limit = sorted[Math.floor(share * (sorted.length - 1))];
      return Float64Array.from(read(accuracy), (value, row) => (costs[row] <= limit ? value : Number.NaN));
    },
  });
}

/** Accuracy minus a multiple of the natural logarithm of a cost. */
export function tradedOff(benchmark: string, accuracy: string, cost: string, weight: number): Objective {
  return tableObjective({
    benchmark,
    what: `${accuracy} - ${weight} log ${cost}`,
    rule: `column ${accuracy} minus ${weight} times the natural logarithm of ${cost}`,
    values: (read) => {
      const costs = read(cost);
      return Float64Array.from(read(accuracy), (value, row) => value - weight * Math.log(costs[row]));
    },
  });
}
