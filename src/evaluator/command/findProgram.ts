import { accessSync, constants, type Stats, statSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { AssayError } from "../../errors.js";

/**
 * Checks that a program can be started, before any trial fails with it. Throws AssayError where there is none, or where it is no
 * program.
 *
 * @param folder in which the process will run; relative paths start there
 * @param path the variable PATH of the process
 */
export function requireProgram(program: string, folder: string, path: string): void {
  // Windows finds programs by suffixes and in further places: its own message has to do.
  if (process.platform === "win32") return;
  const isPath = program.includes("/");
  const places = isPath ? [resolve(folder, program)] : listPlaces(program, folder, path);
  const files = places.filter((place) => statusOf(place)?.isFile());
  if (files.some(isExecutable)) return;
  if (files.length > 0) {
    throw new AssayError(
      "bad-command",
      `${program} is not executable.`,
      `Put its interpreter first, such as ${interpreterOf(program)} ${program}, or make it executable: chmod +x ${program}.`,
    );
  }
  if (isPath && statusOf(places[0])?.isDirectory())
    throw new AssayError("bad-command", `${program} is a folder.`, "Give a program and its arguments.");
  const isScript = statusOf(resolve(folder, program))?.isFile();
  throw new AssayError(
    "bad-command",
    isPath
      ? `There is no program ${program}: looked for ${places[0]}.`
      : `There is no program "${program}" on the PATH.`,
    isScript
      ? `Put its interpreter first, such as ${interpreterOf(program)} ${program}.`
      : /\s/.test(program)
        ? "Give the program and each of its arguments as words of their own."
        : "Check the spelling, or give the path of the program.",
  );
}

function interpreterOf(script: string): string {
  if (/\.[cm]?js$/.test(script)) return "node";
  return script.endsWith(".sh") ? "sh" : "python3";
}

function listPlaces(program: string, folder: string, path: string): string[] {
  // An empty entry is the working folder.
  return path.split(delimiter).map((entry) => join(isAbsolute(entry) ? entry : resolve(folder, entry), program));
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
