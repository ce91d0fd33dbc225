import { reportStudies } from "../../experiment/studyReport.js";
import { note, print, printJson, type Session } from "../session.js";
import { drawStudies } from "../text/studiesTable.js";
import { defaultStorage } from "./defaultStorage.js";
import { withStudies } from "./openStudies.js";

/** Options of `assay studies`, as the command line gives them. */
export interface StudiesCommandOptions {
  readonly storage?: string;
  readonly json?: boolean;
}

export async function listStudies(session: Session, options: StudiesCommandOptions): Promise<void> {
  const { storage: path = defaultStorage(), json = false } = options;
  const report = await withStudies(path, reportStudies);
  if (json) {
    printJson(session, report);
    return;
  }
  if (report.studies.length === 0) {
    note(session, `${path} holds no studies. Begin one: assay search --study <name> …`);
    return;
  }
  print(session, drawStudies(report.studies, Date.now(), session.terminal.outColours));
}
