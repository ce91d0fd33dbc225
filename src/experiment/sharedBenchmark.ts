import type { Benchmark, BenchmarkHandle } from "../benchmark/contract.js";
import { benchmarkFromHandle } from "../benchmark/index.js";
import { createCatalogue } from "../space/catalogue.js";
import type { FeatureSource } from "../strategy/contract.js";
import { createFeatureSource } from "../strategy/features.js";
import { encodeShared, reserveFeatures, type SharedFeatures } from "./sharedFeatures.js";

/** A benchmark with its encoded space, as data that every thread can open without a copy. */
export interface SharedBenchmark {
  /** Tells experiments of one process apart. */
  readonly key: string;
  readonly handle: BenchmarkHandle;
  readonly features: SharedFeatures;
}

/** A shared benchmark, opened on this thread. */
export interface OpenedBenchmark {
  readonly benchmark: Benchmark;
  readonly features: FeatureSource;
}

let shared = 0;
let opened: { readonly key: string; readonly value: OpenedBenchmark } | undefined;

/** Makes a benchmark ready for other threads; on this one it is open already. */
export function shareBenchmark(benchmark: Benchmark): SharedBenchmark {
  const made = { key: `${shared++}`, handle: benchmark.handle(), features: reserveFeatures(benchmark.space) };
  opened = { key: made.key, value: open(benchmark, made.features) };
  return made;
}

/** Opens a shared benchmark; the latest stays open on each thread, for the next run. */
export function openShared({ key, handle, features }: SharedBenchmark): OpenedBenchmark {
  if (opened?.key !== key) opened = { key, value: open(benchmarkFromHandle(handle), features) };
  return opened.value;
}

function open(benchmark: Benchmark, features: SharedFeatures): OpenedBenchmark {
  const encodeSpace = (encoding: string) => encodeShared(benchmark.space, features, encoding);
  return { benchmark, features: createFeatureSource(createCatalogue(benchmark.space), encodeSpace) };
}
