import type { z } from "zod";

const typeWords: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  string: "text",
};

/** What was expected of a value, in the words of messages: "expected at least 1". */
export function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `expected ${typeWords[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `expected ${issue.values.map(String).join(" or ")}`;
  if (issue.code === "too_small" && isNumber(issue.origin)) {
    return `expected ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
  }
  if (issue.code === "too_big" && isNumber(issue.origin)) {
    return `expected ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
  }
  return issue.code === "not_multiple_of" ? `expected a multiple of ${issue.divisor}` : issue.message;
}

/** Lists and texts have messages of their own. */
function isNumber(origin: string): boolean {
  return origin === "number" || origin === "int";
}
