import type { EvaluationResult } from "./contract.js";

/** What a user's function may return: the label alone, or an object with `label` or `accuracy` and further numbers. */
export type Answer = number | Readonly<Record<string, number>>;

/** Makes a result of whatever came back from a user's code. Wrong kinds are failures with a reason, never errors. */
export function readAnswer(answer: unknown): EvaluationResult {
  if (typeof answer === "number") return resultOf(answer, "the label", {});
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    return failed(`expected a number or {label: number}, got ${describe(answer)}`);
  const entries = Object.entries(answer);
  const labelName = "label" in answer ? "label" : "accuracy";
  const label: unknown = (answer as Record<string, unknown>)[labelName];
  if (label === undefined)
    return failed(
      `expected label or accuracy among the results, got ${entries.map(([name]) => name).join(", ") || "none"}`,
    );
  if (typeof label !== "number") return failed(`${labelName} must be a number, got ${describe(label)}`);
  const metrics: Record<string, number> = {};
  for (const [name, value] of entries) {
    if (name === labelName) continue;
    if (typeof value !== "number") return failed(`${name} must be a number, got ${describe(value)}`);
    metrics[name] = value;
  }
  return resultOf(label, labelName, metrics);
}

/** A failed evaluation. */
export function failed(failure: string): EvaluationResult {
  return { label: Number.NaN, failure };
}

function resultOf(label: number, name: string, metrics: Record<string, number>): EvaluationResult {
  const kept = Object.keys(metrics).length > 0 ? { metrics } : {};
  if (Number.isFinite(label)) return { label, ...kept };
  // It was measured: the same training would come to the same.
  return { label: Number.NaN, ...kept, failure: `${name} is ${label}`, isFinal: true };
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing (is a return missing?)";
  if (value === null) return "null";
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 60))}`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
