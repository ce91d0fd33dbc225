import { readFile, stat } from "node:fs/promises";
import { AssayError } from "../errors.js";
import { mistake, parseChoiceSpace, readNamedSpace } from "../space/choice/index.js";
import type { SearchSpace } from "../space/contract.js";
import { createSpace } from "../space/index.js";

/** Bytes; what is in the file is limited once more when it is parsed. */
const MAXIMUM_BYTES = 1_000_000;

/**
 * Reads a space file (YAML or JSON) and makes the search space: the one that it describes, or the built-in one that its key
 * `space` names. Throws AssayError where there is no such file, it is too large or not UTF-8, and for every mistake in it with
 * file, line and field.
 *
 * @param path relative to the working folder
 * @example
 * const space = await loadSpaceFile("examples/my-space.yaml");
 */
export async function loadSpaceFile(path: string): Promise<SearchSpace> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new AssayError("no-space-file", `There is no file ${path}.`, "Give a YAML or JSON file.");
  if (found.isDirectory()) throw new AssayError("no-space-file", `${path} is a folder.`, "Give a YAML or JSON file.");
  if (!found.isFile() && !found.isFIFO())
    throw new AssayError("no-space-file", `${path} is not a file.`, "Give a YAML or JSON file.");
  // A pipe has no size; what it gives is limited by the parser.
  if (found.size > MAXIMUM_BYTES)
    throw new AssayError(
      "bad-space",
      `${path}: is too large: ${found.size} bytes, at most ${MAXIMUM_BYTES}.`,
      "Write long lists of levels as ranges.",
    );
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AssayError("no-space-file", `${path} cannot be read: ${(error as Error).message}.`);
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AssayError("bad-space", `${path}: is not text in UTF-8.`, "Save it as UTF-8; it must be YAML or JSON.");
  }
  return readSpaceText(text, path);
}

/**
 * The same from what is in a file. Throws AssayError for every mistake in it.
 *
 * @param path for messages, and the name of the space where the text gives none
 */
export function readSpaceText(text: string, path: string): SearchSpace {
  return createNamedSpace(text, path) ?? parseChoiceSpace(text, path);
}

function createNamedSpace(text: string, path: string): SearchSpace | undefined {
  const named = readNamedSpace(text, path);
  if (named === undefined) return undefined;
  try {
    return createSpace(named.spec);
  } catch (error) {
    if (error instanceof AssayError) throw mistake(named.place, error.message, error.hint);
    throw error;
  }
}
