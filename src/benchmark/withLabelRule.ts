import type { Benchmark } from "./contract.js";

/** The same benchmark with another default label rule; see `Benchmark.labels` for the rules. */
export function withLabelRule(benchmark: Benchmark, rule: string): Benchmark {
  const metadata = { ...benchmark.metadata, labelRule: rule };
  return {
    name: benchmark.name,
    metadata,
    space: benchmark.space,
    pack: benchmark.pack,
    get test() {
      return benchmark.test;
    },
    labels: (given, generator) => benchmark.labels(given ?? rule, generator),
    handle: () => ({ ...benchmark.handle(), metadata }),
  };
}
