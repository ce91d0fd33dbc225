import { accessSync, constants, mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { AssayError } from "../errors.js";

/** Where results go, checked before any work is done. */
export type Output =
  | { readonly kind: "file"; readonly path: string; readonly extension: string }
  | { readonly kind: "folder"; readonly path: string };

/**
 * Checks `--out`: a file with one of the given endings in a folder that exists, or a folder, which is made where it is
 * not there. Throws AssayError where nothing could be written.
 *
 * @param extensions endings of files that are understood, such as ".json"; none where only a folder will do
 * @param folders whether a folder may be given
 * @param option its name, for messages
 */
export function checkOutput(
  given: string,
  extensions: readonly string[],
  folders: boolean,
  option: string = "--out",
): Output {
  const path = resolve(given);
  const extension = extname(path).toLowerCase();
  if (extensions.includes(extension) && !/[\\/]$/.test(given)) {
    const folder = dirname(path);
    if (!isFolder(folder)) {
      throw new AssayError(
        "bad-output",
        `${option} ${given}: there is no folder ${folder}.`,
        `Make it: mkdir -p ${folder}`,
      );
    }
    if (isFolder(path)) throw new AssayError("bad-output", `${option} ${given}: a folder has that name.`);
    requireWritable(option, given, exists(path) ? path : folder);
    return { kind: "file", path, extension };
  }
  const wanted = [
    ...(folders ? ["a folder"] : []),
    ...(extensions.length > 0 ? [`a file ending in ${extensions.join(" or ")}`] : []),
  ].join(" or ");
  if (!folders || (extension !== "" && !isFolder(path) && !/[\\/]$/.test(given))) {
    throw new AssayError("bad-output", `${option} ${given}: expected ${wanted}.`);
  }
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new AssayError("bad-output", `${option} ${given}: the folder cannot be made (${(error as Error).message}).`);
  }
  requireWritable(option, given, path);
  return { kind: "folder", path };
}

/** Writes one file of the results and gives its path. */
export function writeOutput(folderOrFile: string, name: string | undefined, text: string): string {
  const path = name === undefined ? folderOrFile : join(folderOrFile, name);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new AssayError("bad-output", `${basename(path)} cannot be written: ${(error as Error).message}`);
  }
  return path;
}

function requireWritable(option: string, given: string, path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch {
    throw new AssayError("bad-output", `${option} ${given}: no permission to write to ${path}.`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
