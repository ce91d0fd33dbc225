import { AssayError } from "../errors.js";
import type { SearchSpace } from "../space/contract.js";
import { createListedPart, formatLimits, isListedPart, type ListedPart } from "../space/index.js";
import type { Benchmark, BenchmarkPart } from "./contract.js";
import { takePackRows, takeRowsOf } from "./pack/rows.js";

/**
 * The rows of a benchmark whose architectures belong to a restricted space. Columns, labels, test values, and whatever is worked
 * out of them (the optimum, ranks, random search) are those of the part. An architecture has the label that it has in the whole
 * benchmark with the same rule and seed, drawn noise included. Throws AssayError where the space is no listed part of the benchmark's.
 *
 * @example
 * const space = restrictSpace(benchmark.space, { limits: [parseLimit("flops<=35M")] });
 * const small = restrictBenchmark(benchmark, space);
 * small.name; // "nasbench201/cifar10 with flops<=35M"
 */
export function restrictBenchmark(benchmark: Benchmark, space: SearchSpace): Benchmark {
  if (!isListedPart(space) || space.base.name !== benchmark.space.name || space.base.size !== benchmark.space.size) {
    throw new AssayError(
      "other-space",
      `${space.name} is no listed part of ${benchmark.space.name}, the space of ${benchmark.name}.`,
      "Make it of benchmark.space with restrictSpace.",
    );
  }
  return takePart(benchmark, space, `${benchmark.name} with ${formatLimits(space.limits)}`);
}

/** The same on a thread that is only told which rows there are. */
export function openPart(whole: Benchmark, { name, baseIndices }: BenchmarkPart): Benchmark {
  const { name: space, description } = whole.space;
  return takePart(whole, createListedPart(whole.space, { name: space, description, baseIndices }), name);
}

function takePart(whole: Benchmark, space: ListedPart, name: string): Benchmark {
  const { baseIndices } = space;
  const pack = takePackRows(whole.pack, baseIndices, { name });
  let test: Float64Array | undefined;
  return {
    name,
    metadata: pack.metadata,
    space,
    pack,
    get test() {
      test ??= takeRowsOf(whole.test, baseIndices);
      return test;
    },
    labels(rule, generator) {
      const labels = whole.labels(rule, generator);
      return { ...labels, values: takeRowsOf(labels.values, baseIndices) };
    },
    handle() {
      const handle = whole.handle();
      return { ...handle, parts: [...(handle.parts ?? []), { name, baseIndices }] };
    },
  };
}
