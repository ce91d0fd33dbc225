import type { EvaluationResult } from "../evaluator/contract.js";
import type { Objective } from "../strategy/contract.js";

/**
 * The value of each objective for an architecture that was evaluated: the label, what is known without training, or a metric of
 * the evaluation. Where one is missing there is a reason instead.
 */
export function objectiveValues(
  objectives: readonly Objective[],
  architecture: number,
  { label, metrics = {} }: EvaluationResult,
): { readonly values?: number[]; readonly failure?: string } {
  const values: number[] = [];
  for (const [position, { name, known }] of objectives.entries()) {
    const value = position === 0 ? label : known === undefined ? metrics[name] : known(architecture);
    if (value === undefined || !Number.isFinite(value)) {
      return {
        failure: `the objective ${name} is ${value === undefined ? "not among the results" : `${value}`}`,
      };
    }
    values.push(value + 0);
  }
  return { values };
}
