import { AssayError } from "../errors.js";
import type { Benchmark, Column } from "./contract.js";

/** What a budget may be given in; at least one. */
export interface BudgetOptions {
  /** The most architectures that may be evaluated. */
  readonly queries?: number;
  /** The most seconds of training. */
  readonly seconds?: number;
  /** Column with the training time of each architecture in seconds; by default `train_time`. */
  readonly secondsColumn?: string;
}

/** Pays for evaluations until it is spent. One architecture may be paid for several times. */
export interface Budget {
  readonly spentQueries: number;
  /** 0 where the budget does not count seconds. */
  readonly spentSeconds: number;
  /** Whether an evaluation was refused or nothing is left. */
  readonly exhausted: boolean;
  /** Pays for one full evaluation. False, and nothing is paid, where it does not fit into the budget any more. */
  pay(index: number): boolean;
}

/** A benchmark that is to be asked only as long as its budget pays. */
export interface LimitedBenchmark extends Benchmark {
  readonly budget: Budget;
}

/**
 * A benchmark with a budget of queries, of training seconds, or both; whichever is spent first ends it. Every run needs a
 * fresh one. An architecture whose training time is unknown cannot be paid in seconds, which throws AssayError.
 *
 * @example
 * const limited = budgetLimited(benchmark, { queries: 150, seconds: 86_400 });
 * while (limited.budget.pay(strategy.next())) { … }
 */
export function budgetLimited(benchmark: Benchmark, options: BudgetOptions): LimitedBenchmark {
  const {
    queries = Number.POSITIVE_INFINITY,
    seconds = Number.POSITIVE_INFINITY,
    secondsColumn = "train_time",
  } = options;
  if (options.queries === undefined && options.seconds === undefined) {
    throw new AssayError("bad-option", "A budget needs a number of queries, of seconds, or both.");
  }
  for (const [name, limit] of Object.entries({ queries, seconds })) {
    if (!(limit >= 0)) throw new AssayError("bad-option", `A budget of ${name} must be 0 or more, got ${limit}.`);
  }
  const times = options.seconds === undefined ? undefined : timesOf(benchmark, secondsColumn);
  let spentQueries = 0;
  let spentSeconds = 0;
  let refused = false;
  return {
    name: benchmark.name,
    metadata: benchmark.metadata,
    space: benchmark.space,
    pack: benchmark.pack,
    get test() {
      return benchmark.test;
    },
    labels: (rule, generator) => benchmark.labels(rule, generator),
    handle: () => benchmark.handle(),
    budget: {
      get spentQueries() {
        return spentQueries;
      },
      get spentSeconds() {
        return spentSeconds;
      },
      get exhausted() {
        return refused || spentQueries >= queries || spentSeconds >= seconds;
      },
      pay(index) {
        const time = times === undefined ? 0 : times[index];
        if (!(time >= 0)) {
          throw new AssayError(
            "unknown-time",
            `${benchmark.name}: the column "${secondsColumn}" has no training time for architecture ${index}.`,
            "Give the budget in queries.",
          );
        }
        if (spentQueries + 1 > queries || spentSeconds + time > seconds) {
          refused = true;
          return false;
        }
        spentQueries++;
        spentSeconds += time;
        return true;
      },
    },
  };
}

function timesOf(benchmark: Benchmark, column: string): Column {
  const metric = benchmark.metadata.metrics.find(({ name }) => name === column);
  if (metric?.unit === "seconds") return benchmark.pack.column(column);
  const known = benchmark.metadata.metrics.filter(({ unit }) => unit === "seconds").map(({ name }) => name);
  const hint = known.length === 0 ? "Give the budget in queries." : `Columns in seconds: ${known.join(", ")}.`;
  throw new AssayError("unknown-column", `${benchmark.name} has no training times in "${column}".`, hint);
}
