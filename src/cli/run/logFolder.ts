import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { AssayError } from "../../errors.js";

const MOST_IN_A_SECOND = 1000;

/**
 * Makes the folder for the logs of a search: the given one, or a new one under `assay-logs` with the time as its name. Throws
 * AssayError where that cannot be.
 *
 * @param name of a study, where there is one: its logs stay together when it goes on
 */
export function makeLogFolder(given: string | undefined, name?: string): string {
  const folder = given ?? (name === undefined ? undefined : join("assay-logs", name));
  try {
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      return folder;
    }
    return makeNewFolder(join("assay-logs", new Date().toISOString().slice(0, 19).replaceAll(":", "-")));
  } catch (error) {
    throw new AssayError(
      "no-log-folder",
      `The folder for the logs cannot be made: ${(error as Error).message}.`,
      "Give another one: --log-folder DIR.",
      { cause: error },
    );
  }
}

/** Two searches of the same second must not write into each other's logs. */
function makeNewFolder(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  for (let number = 1; ; number++) {
    const folder = number === 1 ? path : `${path}-${number}`;
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number === MOST_IN_A_SECOND) throw error;
    }
  }
}
