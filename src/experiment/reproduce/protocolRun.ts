import { z } from "zod";
import type { Benchmark } from "../../benchmark/contract.js";
import { type EstimationTable, estimationFromTable } from "../../benchmark/estimation.js";
import type { Spec } from "../../spec.js";
import type { FeatureSource } from "../../strategy/contract.js";
import { search } from "../../study/search.js";
import { traceCurve } from "../curve.js";
import { setUpTableSearch } from "../searchSetup.js";

const values = z.array(z.number().nullable());

/** What a run of the N+K protocol found. Plain data, also as JSON. */
export const protocolRunSchema = z.object({
  /** The curve from N on, at N and wherever one of its numbers changes; null before anything was measured. */
  queries: z.array(z.int()),
  bestLabel: values,
  testOfBestLabel: values,
  bestTest: values,
  /** Architectures for which an estimation code was asked. */
  codes: z.number(),
  seconds: z.number(),
});

export type ProtocolRun = z.infer<typeof protocolRunSchema>;

/** One run: one strategy, one seed. */
export interface ProtocolRunOptions {
  readonly benchmark: Benchmark;
  readonly features: FeatureSource;
  readonly strategy: Spec;
  readonly label: string;
  /** N: the curve begins there. */
  readonly samples: number;
  /** N + K. */
  readonly budget: number;
  readonly estimation?: EstimationTable | undefined;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs the N+K protocol once. Undefined where the signal stopped it. */
export async function runProtocol(options: ProtocolRunOptions): Promise<ProtocolRun | undefined> {
  const { benchmark, samples, budget, estimation, signal } = options;
  const started = performance.now();
  const { labels, ...setup } = setUpTableSearch({
    ...options,
    estimation: estimation && estimationFromTable(estimation),
  });
  const { trials, ended } = await search({ ...setup, budget, ...(signal === undefined ? {} : { signal }) });
  if (ended === "stopped") return undefined;
  const checkpoints = Array.from({ length: budget - samples + 1 }, (_, evaluated) => samples + evaluated);
  const architectures = trials.map(({ architecture }) => architecture);
  const curve = traceCurve(architectures, labels.values, benchmark.test, checkpoints);
  const lists = [curve.bestLabel, curve.testOfBestLabel, curve.bestTest];
  const changes = checkpoints
    .map((_, place) => place)
    .filter((place) => place === 0 || lists.some((list) => !Object.is(list[place], list[place - 1])));
  const take = (list: readonly number[]) => changes.map((place) => finite(list[place]));
  return {
    queries: changes.map((place) => checkpoints[place]),
    bestLabel: take(curve.bestLabel),
    testOfBestLabel: take(curve.testOfBestLabel),
    bestTest: take(curve.bestTest),
    codes: setup.estimation?.asked ?? 0,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** The number of a curve after so many queries; NaN where there was none yet. */
export function valueAfter(
  run: ProtocolRun,
  curve: "bestLabel" | "testOfBestLabel" | "bestTest",
  queries: number,
): number {
  const place = run.queries.findLastIndex((known) => known <= queries);
  return run[curve][place] ?? Number.NaN;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
