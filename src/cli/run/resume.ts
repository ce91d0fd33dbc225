import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { AssayError } from "../../errors.js";
import { openStorage } from "../../study/openStorage.js";
import { requireStudy } from "../../study/storage/requireStudy.js";
import { note, type Session } from "../session.js";
import { defaultStorage } from "./defaultStorage.js";
import { runSearch } from "./search.js";
import type { SearchCommandOptions } from "./searchOptions.js";
import { readSettings } from "./searchStudy.js";

/** Options of `assay resume`. Those that are absent are as they were. */
export interface ResumeCommandOptions
  extends Pick<
    SearchCommandOptions,
    "storage" | "budget" | "parallel" | "retries" | "threads" | "out" | "report" | "json"
  > {}

/** Goes on with a study by the options that it was made with. */
export async function runResume(session: Session, study: string, given: ResumeCommandOptions): Promise<void> {
  const storage = resolve(given.storage ?? defaultStorage());
  const { options, folder } = await readKept(study, given.storage ?? defaultStorage());
  const paths = {
    ...(given.out === undefined ? {} : { out: resolve(given.out) }),
    ...(given.report === undefined ? {} : { report: resolve(given.report) }),
  };
  const place = enter(session, folder, study) ? { storage } : {};
  await runSearch(session, { ...options, ...given, ...paths, ...place, study });
}

async function readKept(study: string, path: string) {
  const storage = await openStorage(path, { mustExist: true });
  try {
    return readSettings(requireStudy(storage, study).settings, study);
  } finally {
    storage.close();
  }
}

/** Relative paths of the command start from the folder that it was given in. Whether that is another. */
function enter(session: Session, folder: string, study: string): boolean {
  if (folder === process.cwd()) return false;
  if (!existsSync(folder)) {
    throw new AssayError(
      "no-folder",
      `The study "${study}" was made in ${folder}, which is not there.`,
      "Make the folder again, with the files that the study uses.",
    );
  }
  note(session, `working in ${folder}, as then`);
  process.chdir(folder);
  return true;
}
