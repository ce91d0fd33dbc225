import type { SearchReport } from "../../experiment/searchReport.js";
import { formatPredicted, formatProbability, unitSuffix } from "./numbers.js";
import { type Fact, measureWith, type Units } from "./searchFacts.js";

/** What the strategy would choose; nothing where that says no more than the best label does. */
export function recommendationFacts({ best, recommendation, training }: SearchReport, units: Units): Fact[] {
  if (best === undefined || recommendation === undefined) return [];
  const { architecture, number, label, test, predicted, probabilityBest } = recommendation;
  const isEvaluated = number !== undefined;
  const beliefs = [
    ...(predicted === undefined ? [] : [`predicted ${formatPredicted(predicted)}${unitSuffix(units["label"] ?? "")}`]),
    ...(probabilityBest === undefined
      ? []
      : [
          isEvaluated
            ? `the best of those evaluated with ${formatProbability(probabilityBest)} probability`
            : `better than all evaluated with ${formatProbability(probabilityBest)} probability`,
        ]),
  ];
  const belief: Fact[] = beliefs.length === 0 ? [] : [["", beliefs.join(", ")]];
  if (architecture === best.architecture) {
    return belief.length === 0 ? [] : [["recommended", "the one with the best label, above"], ...belief];
  }
  const measure = measureWith(units);
  const [counted, named] = training === undefined ? ["query", "label"] : ["training", "validation"];
  const measured = [
    isEvaluated
      ? `evaluated at ${counted} ${number + 1}: ${named} ${measure("label", label)}`
      : "not evaluated: the strategy holds it for better",
    ...(test === undefined ? [] : [`test ${measure("test", test)}${isEvaluated ? "" : " in the table"}`]),
  ];
  return [["recommended", architecture], ...belief, ["", measured.join(", ")]];
}
