import { AssayError } from "../errors.js";

/** Does what writes to a file. Throws AssayError that names the file where the disk refuses it. */
export function writing(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new AssayError("cannot-write", `Cannot write ${path}: ${(cause as Error).message}.`, undefined, { cause });
  }
}
