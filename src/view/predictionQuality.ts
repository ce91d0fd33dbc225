import { kendallTau } from "../stats/index.js";
import type { PredictionQuality } from "./contract.js";
import { spreadPlaces } from "./spreadPlaces.js";
import type { TrialTable } from "./trialTable.js";

/** Trials that a tau looks back over, and fewer than which say nothing. */
const WINDOW = 20;
const FEWEST = 5;
const BEST = 10;

/**
 * How well the strategy's model predicted trials before they were evaluated, decision by decision.
 *
 * @param most decisions; of more, so many that are evenly spread, the last among them
 */
export function viewPredictionQuality(table: TrialTable, most = 400): PredictionQuality[] {
  const { label, predicted, decision } = table;
  const best = bestRows(table, BEST);
  const decisionOfBest = best.map((row) => decision[row]).sort((a, b) => a - b);
  const predictions: number[] = [];
  const labels: number[] = [];
  const steps: { decision: number; count: number; end: number }[] = [];
  for (let row = 0; row < table.length; row++) {
    if (steps.at(-1)?.decision !== decision[row]) steps.push({ decision: decision[row], count: 0, end: labels.length });
    const [thought, is] = [predicted[row], label[row]];
    if (thought === null || is === null) continue;
    predictions.push(thought);
    labels.push(is);
    const step = steps[steps.length - 1];
    step.count++;
    step.end = labels.length;
  }
  return spreadPlaces(steps.length, most).map((place) => {
    const { decision: number, count, end } = steps[place];
    const start = Math.max(0, end - WINDOW);
    const tau = end - start < FEWEST ? Number.NaN : kendallTau(predictions.slice(start, end), labels.slice(start, end));
    const seen = decisionOfBest.filter((of) => of <= number).length;
    return {
      decision: number,
      count,
      tau: Number.isFinite(tau) ? tau : null,
      recallOfBestTen: best.length === 0 ? 0 : seen / best.length,
    };
  });
}

/** Rows with the largest labels, the earlier of equal ones. */
function bestRows({ label }: TrialTable, count: number): number[] {
  const best: number[] = [];
  for (let row = 0; row < label.length; row++) {
    const value = label[row];
    if (value === null) continue;
    if (best.length === count && value <= label[best[count - 1]]!) continue;
    const place = best.findIndex((other) => label[other]! < value);
    best.splice(place < 0 ? best.length : place, 0, row);
    if (best.length > count) best.pop();
  }
  return best;
}
