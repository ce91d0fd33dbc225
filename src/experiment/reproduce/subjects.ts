import type { Benchmark } from "../../benchmark/contract.js";
import type { EstimationTable } from "../../benchmark/estimation.js";
import { AssayError } from "../../errors.js";
import type { ReproductionMethod, ReproductionPanel } from "./contract.js";

/** A benchmark with the estimation codes that methods get. */
export interface Subject {
  readonly benchmark: Benchmark;
  /** By the `code` of methods; nothing for `none`, and where the benchmark has no code of its own. */
  readonly codes: ReadonlyMap<string, EstimationTable>;
}

/** How benchmarks and their codes are found. */
export interface SubjectSource {
  readonly openBenchmark: (name: string) => Promise<Benchmark>;
  /** Without a name: the benchmark's first. */
  readonly openEstimation: (benchmark: Benchmark, name: string | undefined) => Promise<EstimationTable | undefined>;
}

/** What a reproduction can be run on. */
export interface OpenedSubjects {
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly panels: readonly ReproductionPanel[];
  readonly methods: readonly ReproductionMethod[];
  /** What was left out, and why. */
  readonly leftOut: readonly string[];
}

/** What is asked for. */
export interface SubjectOptions {
  readonly panels: readonly ReproductionPanel[];
  readonly methods: readonly ReproductionMethod[];
  /** Name of the estimation code in place of the benchmark's first. */
  readonly code?: string | undefined;
  readonly source: SubjectSource;
}

/**
 * Opens the benchmarks and codes of a reproduction. A benchmark that is not here takes its charts with it, and a code of a
 * benchmark that is not here its methods: `leftOut` says so. Throws the AssayError where nothing is left.
 */
export async function openSubjects({ panels, methods, code, source }: SubjectOptions): Promise<OpenedSubjects> {
  const leftOut: string[] = [];
  const subjects = new Map<string, Subject>();
  const missing: AssayError[] = [];
  const withoutCode = new Set<string>();
  for (const name of new Set(panels.map(({ benchmark }) => benchmark))) {
    let benchmark: Benchmark;
    try {
      benchmark = await source.openBenchmark(name);
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing.push(error);
      leftOut.push(`The charts of ${name}: the benchmark is not here.`);
      continue;
    }
    const codes = new Map<string, EstimationTable>();
    for (const wanted of new Set(methods.map((method) => method.code))) {
      if (wanted === "none" || (wanted === "own" && code === "none")) continue;
      try {
        const table = await source.openEstimation(benchmark, wanted === "own" ? code : wanted);
        if (table !== undefined) codes.set(wanted, table);
      } catch (error) {
        if (wanted === "own" || !(isMissing(error) || isOtherSpace(error))) throw error;
        withoutCode.add(wanted);
      }
    }
    // A chart has the name by which the benchmark was asked for, which may be the path of a pack.
    subjects.set(name, { benchmark, codes });
  }
  if (subjects.size === 0) throw missing[0];
  for (const wanted of withoutCode) {
    const names = methods.filter((method) => method.code === wanted).map(({ name }) => name);
    leftOut.push(`${names.join(", ")}: there are no estimation codes ${wanted} here.`);
  }
  return {
    subjects,
    panels: panels.filter(({ benchmark }) => subjects.has(benchmark)),
    methods: methods.filter((method) => !withoutCode.has(method.code)),
    leftOut,
  };
}

function isMissing(error: unknown): error is AssayError {
  return error instanceof AssayError && error.code === "unknown-benchmark";
}

function isOtherSpace(error: unknown): error is AssayError {
  return error instanceof AssayError && error.code === "other-space";
}
