import { quoteWord } from "../../evaluator/command/words.js";
import { reportStoredTrial, reportStudy, type StudyReport } from "../../experiment/studyReport.js";
import { print, printJson, type Session } from "../session.js";
import { drawStudySummary } from "../text/studySummary.js";
import { drawTrialSummary } from "../text/trialSummary.js";
import { defaultStorage } from "./defaultStorage.js";
import { withStudies } from "./openStudies.js";

/** Options of `assay show`, as the command line gives them. */
export interface ShowCommandOptions {
  readonly storage?: string;
  readonly trials: number;
  readonly failures?: boolean;
  readonly trial?: number;
  readonly json?: boolean;
}

/** Where all failures are wanted. */
const ALL = 1_000_000;

export async function showStudy(session: Session, name: string, options: ShowCommandOptions): Promise<void> {
  const { storage: path = defaultStorage(), trials, failures = false, trial, json = false } = options;
  const { outColours } = session.terminal;
  if (trial !== undefined) {
    const report = await withStudies(path, (storage) => reportStoredTrial(storage, name, trial));
    if (json) printJson(session, report);
    else print(session, drawTrialSummary(report, outColours));
    return;
  }
  const report = await withStudies(path, (storage) =>
    reportStudy(storage, name, { trials, ...(failures ? { failures: ALL } : {}) }),
  );
  if (json) printJson(session, report);
  else print(session, drawStudySummary({ report, now: Date.now(), next: nextSteps(report, path) }, outColours));
}

function nextSteps({ study, failures }: StudyReport, path: string): [string, string][] {
  const rest = `${quoteWord(study.name)}${path === defaultStorage() ? "" : ` --storage ${quoteWord(path)}`}`;
  const told = study.best?.number ?? failures.at(0)?.number;
  return [
    ...(study.state === "stopped" ? [["go on with it:", `assay resume ${rest}`] as [string, string]] : []),
    ...(told === undefined
      ? []
      : [
          [`everything of trial ${told}:`, `assay show ${rest} --trial ${told}`] as [string, string],
          ["all trials as a table:", `assay export-trials ${rest} --out trials.csv`] as [string, string],
        ]),
  ];
}
