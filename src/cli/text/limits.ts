import { formatLimits, type Limit } from "../../space/index.js";
import { formatCount } from "./numbers.js";

/** What a report says of limits. */
export interface ReportedLimits {
  readonly limits?: readonly Limit[] | undefined;
  readonly feasible?: { readonly count: number; readonly of: number; readonly isExact: boolean } | undefined;
}

/** Limits and how many architectures keep them, in one line; undefined where there are none. */
export function describeLimits({ limits = [], feasible }: ReportedLimits): string | undefined {
  if (limits.length === 0 || feasible === undefined) return undefined;
  return `${formatLimits(limits)}: kept by ${describeFeasible(feasible)}`;
}

function describeFeasible({ count, of, isExact }: NonNullable<ReportedLimits["feasible"]>): string {
  if (isExact) return `${formatCount(count)} of ${formatCount(of)} architectures`;
  if (count === 0) return `none of ${formatCount(of)} drawn architectures; candidates are walked to by mutations`;
  const share = (100 * count) / of;
  return `about ${share < 1 ? share.toPrecision(1) : Math.round(share)} % of the architectures (${formatCount(count)} of ${formatCount(of)} drawn)`;
}
