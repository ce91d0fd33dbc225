import { curveRules } from "../curveRules.js";
import type { Reading } from "./contract.js";

/**
 * How runs under a label rule are read. Mean labels by both curve rules of this project. Any other rule also by the best label
 * itself, as publications do whose labels and results are the same number; it comes first.
 */
export function readingsOf(label: string): Reading[] {
  const reading = (word: string, curve: Reading["curve"]): Reading => ({
    name: `${fileWord(label)}-${word}`,
    label,
    curve,
  });
  const both = [reading("test-of-best-label", "testOfBestLabel"), reading("best-test", "bestTest")];
  return label === "mean" ? both : [reading("best-label", "bestLabel"), ...both];
}

/** A reading in words. */
export function describeReading({ label, curve }: Pick<Reading, "label" | "curve">): string {
  const rule = curve === "bestLabel" ? "best-label: the best label among all queried" : curveRules[curve];
  return `label: ${label}; ${rule}`;
}

function fileWord(label: string): string {
  return label.replaceAll(/[^\w.]+/g, "-").replace(/-$/, "");
}
