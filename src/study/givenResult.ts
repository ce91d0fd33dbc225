import { type Answer, readAnswer } from "../evaluator/answer.js";
import type { EvaluationResult } from "../evaluator/contract.js";

/** The result in what `tell` is given: a result of an evaluator, or an answer as a function of the user gives it. */
export function readGiven(given: Answer | EvaluationResult): EvaluationResult {
  return isResult(given) ? given : readAnswer(given);
}

/** An evaluator's result rather than the numbers that a function of the user gives. */
function isResult(answer: Answer | EvaluationResult): answer is EvaluationResult {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "label" in answer &&
    ("metrics" in answer || "curves" in answer || "failure" in answer || "isFinal" in answer || "log" in answer)
  );
}
