import type { Histogram } from "../../stats/index.js";
import type { Colours } from "../terminal.js";
import { formatCount } from "./numbers.js";

const BAR_WIDTH = 44;

/** A histogram as lines of text: the interval, a bar, how many values. */
export function drawHistogram({ from, width, counts }: Histogram, colours: Colours): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(width)));
  const bounds = counts.map(
    (_, bin) => `${(from + bin * width).toFixed(decimals)}–${(from + (bin + 1) * width).toFixed(decimals)}`,
  );
  const longest = Math.max(0, ...bounds.map((bound) => bound.length));
  const most = Math.max(1, ...counts);
  return counts
    .map((count, bin) => {
      const bar = "█".repeat(Math.round((BAR_WIDTH * count) / most)) || (count > 0 ? "▏" : "");
      return `${bounds[bin].padStart(longest)}  ${colours.cyan(bar)}${bar === "" ? "" : " "}${formatCount(count)}`;
    })
    .join("\n");
}
