import type { StoredTrialReport } from "../../experiment/studyReport.js";
import type { Colours } from "../terminal.js";
import { formatTime } from "./ago.js";
import { alignFacts } from "./alignFacts.js";
import { drawArchitectureText } from "./architectureText.js";
import { formatMeasured, formatPredicted, formatSeconds } from "./numbers.js";
import { plainText, shortText } from "./plainText.js";
import type { Fact } from "./searchFacts.js";
import { drawSparkline } from "./sparkline.js";

/** Letters of a series. */
const SERIES_WIDTH = 40;

/** Everything of one trial, for people. */
export function drawTrialSummary({ study, subject, trial, attempts }: StoredTrialReport, colours: Colours): string {
  const drawing = drawArchitectureText(trial.architecture);
  const lines = [
    colours.bold(`Trial ${trial.number} of ${plainText(study)}, on ${plainText(subject)}: ${trial.state}`),
    "",
    ...(drawing.length === 0 ? [] : [...drawing.map((line) => `  ${line}`), ""]),
    `  ${colours.cyan(plainText(trial.architecture))}`,
    "",
    ...alignFacts(trialFacts(trial)),
  ];
  const curves = Object.entries(trial.curves ?? {});
  if (curves.length > 0) {
    lines.push("", "Over its epochs, from the first to the last", "");
    lines.push(...alignFacts(curves.map(([name, values]) => [shortText(name, 20), describeSeries(values)])));
  }
  if (attempts.length > 0) {
    lines.push("", "Attempts that came to nothing", "");
    for (const { outcome, failure, log, seconds, ended } of attempts) {
      const took = seconds === undefined ? "" : `, after ${formatSeconds(seconds)}`;
      lines.push(
        `  ${outcome} ${formatTime(ended)}${took}${failure === undefined ? "" : `: ${shortText(failure, 300)}`}`,
      );
      if (log !== undefined) lines.push(`    log: ${plainText(log)}`);
    }
  }
  return lines.join("\n");
}

function trialFacts(trial: StoredTrialReport["trial"]): Fact[] {
  const { label, metrics, values, explanation, failure, seconds, log } = trial;
  const facts: Fact[] = [["label", formatMeasured(label)]];
  for (const [name, value] of Object.entries(metrics)) facts.push([shortText(name, 20), formatMeasured(value)]);
  if (values !== undefined) facts.push(["objectives", values.map(formatMeasured).join(", ")]);
  if (failure !== undefined) facts.push(["failure", plainText(failure)]);
  if (explanation !== undefined) {
    const { reason, predicted, detail } = explanation;
    const words = detail === undefined ? reason : `${reason}: ${plainText(detail)}`;
    facts.push(["suggested to", words]);
    if (predicted !== undefined) facts.push(["predicted", formatPredicted(predicted)]);
  }
  facts.push(["asked", formatTime(trial.asked)]);
  if (trial.started !== undefined) facts.push(["started", formatTime(trial.started)]);
  if (trial.ended !== undefined) facts.push(["ended", formatTime(trial.ended)]);
  if (seconds !== null) facts.push(["took", formatSeconds(seconds)]);
  if (log !== undefined) facts.push(["log", plainText(log)]);
  return facts;
}

function describeSeries(values: readonly (number | null)[]): string {
  const [first, last] = [values.at(0), values.at(-1)].map(formatMeasured);
  return `${drawSparkline(values, SERIES_WIDTH)} ${first} → ${last}, ${values.length} epochs`;
}
