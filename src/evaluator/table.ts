import type { Benchmark, Labels } from "../benchmark/contract.js";
import { AssayError } from "../errors.js";
import type { Evaluator } from "./contract.js";
import { costOf } from "./cost.js";

/** Options of `createTableEvaluator`. */
export interface TableEvaluatorOptions {
  /** What the strategy sees; `benchmark.labels(rule, generator)` makes them. */
  readonly labels: Labels;
}

/**
 * Looks measurements up in a benchmark: the label of the run, the metric `test` (percent) and what the space knows of costs
 * (flops in MAC, params). The id of a request is the row. An architecture that was never measured is a failed evaluation.
 *
 * Throws AssayError where the labels are not those of the benchmark.
 *
 * @example
 * const labels = benchmark.labels("mean", createGenerator(1).split("labels"));
 * const evaluator = createTableEvaluator(benchmark, { labels });
 */
export function createTableEvaluator(benchmark: Benchmark, { labels }: TableEvaluatorOptions): Evaluator {
  const { values } = labels;
  const { test, name } = benchmark;
  if (values.length !== test.length)
    throw new AssayError("bad-labels", `${values.length} labels do not fit the ${test.length} rows of ${name}.`);
  return {
    name: "table",
    async evaluate(request) {
      const { id } = request;
      if (!(Number.isInteger(id) && id >= 0 && id < values.length))
        return { label: Number.NaN, failure: `${name} has no row ${id}, it has ${values.length} rows` };
      const metrics = { test: test[id], ...costOf(request) };
      if (Number.isFinite(values[id])) return { label: values[id], metrics };
      return { label: Number.NaN, metrics, failure: `${name} has no label for row ${id}` };
    },
  };
}
