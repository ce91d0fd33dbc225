import type { MapView } from "../../../../src/view/contract.js";
import { formatCount, groupDigits } from "../../format/numbers.js";

/** Which architectures a map shows, to go on after "Map of". */
export function shownWords({ size, isWhole, within, x, excluded = [] }: MapView): string {
  const all = groupDigits(size);
  const inside = formatCount(x.length - excluded.length);
  if (isWhole) return `all ${all} architectures${within === undefined ? "" : `, ${inside} of them within the limits`}`;
  if (within === undefined)
    return `${formatCount(x.length)} of ${all} architectures: a sample and everything evaluated`;
  const outside = `${formatCount(excluded.length)} outside of them`;
  return within === "whole"
    ? `all ${inside} architectures within the limits, and a sample of ${outside}`
    : `a sample of ${inside} architectures within the limits and ${outside}, and everything evaluated`;
}
