import { reportStudies } from "../../experiment/studyReport.js";
import { note, print, printJson, type Session } from "../session.js";
import { drawStudies } from "../text/studiesTable.js";
import { isGone, withStudies } from "./openStudies.js";

/** Options of `assay studies`, as the command line gives them. */
export interface StudiesCommandOptions {
  readonly storage: string;
  readonly json?: boolean;
}

export function listStudies(session: Session, { storage: path, json = false }: StudiesCommandOptions): void {
  const report = withStudies(path, (storage) => reportStudies(storage, { isGone }));
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
