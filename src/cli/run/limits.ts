import type { Benchmark } from "../../benchmark/index.js";
import { loadCosts } from "../../evaluator/index.js";
import {
  type CostOpeners,
  type LimitOptions,
  limitBenchmark as limitBenchmarkBy,
  limitSpace as limitSpaceBy,
  objectiveCosts as objectiveCostsBy,
} from "../../experiment/openLimits.js";
import type { CostView, SearchSpace } from "../../space/contract.js";
import { isRestricted } from "../../space/index.js";
import { noteVerbosely, type Session } from "../session.js";
import { describeLimits } from "../text/limits.js";
import { openNamedBenchmark } from "./openBenchmark.js";

/** See `objectiveCosts` of the experiments; says what takes long. */
export async function objectiveCosts(
  session: Session,
  space: SearchSpace,
  options: LimitOptions,
  own?: Benchmark,
): Promise<CostView | undefined> {
  return await objectiveCostsBy(openersOf(session), space, options, own);
}

/** The part of a benchmark that keeps the limits; the benchmark itself without any. */
export async function limitBenchmark(
  session: Session,
  benchmark: Benchmark,
  options: LimitOptions,
): Promise<Benchmark> {
  const limited = await limitBenchmarkBy(openersOf(session), benchmark, options);
  if (limited !== benchmark) noteLimits(session, limited.space);
  return limited;
}

/** The part of a space that keeps the limits; the space itself without any. */
export async function limitSpace(session: Session, space: SearchSpace, options: LimitOptions): Promise<SearchSpace> {
  const limited = await limitSpaceBy(openersOf(session), space, options);
  if (limited !== space) noteLimits(session, limited);
  return limited;
}

function noteLimits(session: Session, space: SearchSpace): void {
  if (isRestricted(space)) noteVerbosely(session, describeLimits(space) ?? "");
}

function openersOf(session: Session): CostOpeners {
  return { openBenchmark: (name) => openNamedBenchmark(session, name), loadCosts };
}
