import type { Fact } from "./searchFacts.js";
import { wrapText } from "./wrapText.js";

/** Facts in lines of at most 80 letters, their values below each other. */
export function alignFacts(facts: readonly Fact[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts.map(([name, value]) => `  ${name.padEnd(width)}${wrapText(value, 80, width + 2).trimStart()}`);
}
