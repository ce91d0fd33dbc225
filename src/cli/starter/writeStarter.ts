import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { shippedFolder } from "../../dataset/shippedPacks.js";
import { AssayError } from "../../errors.js";

/** The part of the README that tells of the space; it replaces the line SPACE_MARK. */
const SPACE_PART = "about.md";
const SPACE_MARK = "<!-- about the space -->";

/**
 * Writes the files of a starter into a folder, which is made where it is not there, and gives their names. Nothing is ever
 * overwritten: throws AssayError, before it writes anything, where one of the files is there already.
 *
 * @param starter name of the starter and of the space, as they are in the registry
 * @param folder relative to the working folder
 */
export function writeStarter({ name, space }: { name: string; space: string }, folder: string): string[] {
  const files = readTemplates(name, space);
  const target = resolve(folder);
  requireFolder(folder, target);
  const taken = [...files.keys()].find((file) => existsSync(join(target, file)));
  if (taken !== undefined) {
    throw new AssayError(
      "file-exists",
      `${join(folder, taken)} is there already, and init overwrites nothing.`,
      `Give a new folder: assay init ${name} --space ${space} <folder>`,
    );
  }
  try {
    mkdirSync(target, { recursive: true });
    // "wx" fails where somebody else has made the file meanwhile.
    for (const [file, text] of files) writeFileSync(join(target, file), text, { flag: "wx" });
  } catch (error) {
    throw new AssayError("bad-output", `The files cannot be written to ${folder}: ${(error as Error).message}.`);
  }
  return [...files.keys()];
}

/** Refuses a path that is, or leads through, something else than a folder. */
function requireFolder(given: string, target: string): void {
  for (let path = target; ; path = dirname(path)) {
    const isThere = existsSync(path);
    if (isThere && statSync(path).isDirectory()) return;
    if (isThere) {
      const which = path === target ? given : path;
      throw new AssayError("bad-output", `${which} is not a folder.`, "Give the name of a new folder.");
    }
  }
}

/** The files of a starter by name, as they are to be written. */
function readTemplates(name: string, space: string): Map<string, string> {
  const templates = shippedFolder(dirname(fileURLToPath(import.meta.url)), "templates");
  if (templates === undefined) {
    throw new AssayError("no-templates", "The folder templates of the package is missing.", "Install assay-nas again.");
  }
  const files = new Map<string, string>();
  for (const part of [space, "common"]) {
    const folder = join(templates, name, part);
    // Python leaves a folder of its own where somebody has run a template.
    const names = readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile());
    for (const file of names) files.set(file, readFileSync(join(folder, file), "utf8"));
  }
  const about = files.get(SPACE_PART);
  const readme = files.get("README.md");
  if (about === undefined || readme === undefined) throw new Error(`templates of ${name} for ${space} are incomplete`);
  files.delete(SPACE_PART);
  files.set(
    "README.md",
    readme.replace(SPACE_MARK, () => about.trim()),
  );
  return new Map(
    ORDER.flatMap((file) => (files.has(file) ? [[file, files.get(file)!] as const] : [])).concat(
      [...files].filter(([file]) => !ORDER.includes(file)),
    ),
  );
}

/** What a reader opens first comes first. */
const ORDER: readonly string[] = ["README.md", "space.yaml", "train.py", "network.py", "data.py"];
