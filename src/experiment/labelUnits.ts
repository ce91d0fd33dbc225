import type { Benchmark } from "../benchmark/index.js";

/**
 * The unit of the label column and of the test column, under `label` and `test`; "" where it is not known.
 *
 * @param label rule; default: that of the benchmark
 */
export function labelUnits({ metadata }: Benchmark, label: string | undefined): Record<string, string> {
  const unit = (name: string) => metadata.metrics.find((metric) => metric.name === name)?.unit ?? "";
  return { label: unit(label ?? "") || unit(metadata.label), test: unit(metadata.test) };
}
