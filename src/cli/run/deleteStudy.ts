import { AssayError } from "../../errors.js";
import { quoteWord } from "../../evaluator/command/words.js";
import type { StudySummary } from "../../study/index.js";
import { requireStudy } from "../../study/storage/requireStudy.js";
import { note, print, printJson, type Session } from "../session.js";
import { formatCount, formatMeasured } from "../text/numbers.js";
import { plainText } from "../text/plainText.js";
import { defaultStorage } from "./defaultStorage.js";
import { withStudies } from "./openStudies.js";

/** Options of `assay delete`, as the command line gives them. */
export interface DeleteCommandOptions {
  readonly storage?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export async function runDelete(session: Session, name: string, options: DeleteCommandOptions): Promise<void> {
  const { storage: path = defaultStorage(), yes = false, json = false } = options;
  // The file is not held open while somebody thinks.
  const found = await withStudies(path, (storage) => requireStudy(storage, name));
  if (!yes && !(await confirm(session, found))) {
    note(session, "Nothing was deleted.");
    return;
  }
  const trials = await withStudies(path, (storage) => {
    const now = requireStudy(storage, name);
    if (now.id !== found.id) {
      throw new AssayError("other-study", `"${name}" is another study by now.`, `See: assay show ${quoteWord(name)}`);
    }
    storage.delete(name, storage.owner);
    return countTrials(now);
  });
  if (json) printJson(session, { schema: 1, kind: "delete", study: name, trials });
  else print(session, `Deleted the study "${plainText(name)}" with ${formatCount(trials)} trials.`);
}

async function confirm(session: Session, found: StudySummary): Promise<boolean> {
  const { input, err } = session.terminal;
  if (input === undefined || !input.isTerminal) {
    throw new AssayError(
      "not-confirmed",
      `Nobody is there to ask whether the study "${found.name}" may go.`,
      "Add --yes where it may.",
    );
  }
  const best = found.best === undefined ? "" : `, best label ${formatMeasured(found.best.label)}`;
  err.write(
    `Delete the study "${plainText(found.name)}" with ${formatCount(countTrials(found))} trials${best}? This cannot be undone. [y/N] `,
  );
  return /^y(es)?$/i.test((await input.readLine(session.signal)).trim());
}

function countTrials({ counts }: StudySummary): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
