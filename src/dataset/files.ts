import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AssayError, unreadableFile } from "../errors.js";

/** Largest file, and most bytes that one unpacks to: 1 GB. */
const maximumBytes = 2 ** 30;

/** The bytes of a file, unpacked where it is gzip. Throws AssayError that names it. */
export function readDataFile(path: string): Uint8Array {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > maximumBytes) {
      throw new AssayError("file-too-large", `${path} has ${size} bytes; at most ${maximumBytes} are read.`);
    }
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw unreadableFile(path, cause);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumBytes });
  } catch (cause) {
    const message = `Cannot unpack ${path}: ${(cause as Error).message}.`;
    throw new AssayError("bad-dataset", message, "Download it again.", { cause });
  }
}

/** What a folder holds. */
export interface FolderContents {
  readonly path: string;
  /** Names in order, without hidden ones. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Lists a folder; names are in the order of their code units on every machine. Throws AssayError where it cannot. */
export function listFolder(path: string): FolderContents {
  try {
    const names = readdirSync(path)
      .filter((name) => !name.startsWith("."))
      .sort((a, b) => (a < b ? -1 : 1));
    // Links count as what they lead to.
    const isFolder = new Map(names.map((name) => [name, statSync(join(path, name)).isDirectory()]));
    return {
      path,
      files: names.filter((name) => !isFolder.get(name)),
      folders: names.filter((name) => isFolder.get(name)),
    };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new AssayError(
      "no-file",
      code === "ENOENT" ? `There is no folder ${path}.` : `Cannot read the folder ${path}: ${message}.`,
      "Give the folder of the data set: folder=PATH.",
      { cause },
    );
  }
}

/** Lists the folder that a data set was given. */
export function listGivenFolder(dataset: string, folder: string): FolderContents {
  if (folder !== "") return listFolder(folder);
  throw new AssayError(
    "bad-option",
    `The data set ${dataset} needs a folder.`,
    `Write ${dataset}:folder=PATH, where PATH holds its files.`,
  );
}

/** A few names of a folder, for messages. */
export function describeContents({ files, folders }: FolderContents): string {
  const names = [...folders.map((name) => `${name}/`), ...files];
  if (names.length === 0) return "It is empty";
  return `It holds ${names.slice(0, 5).join(", ")}${names.length > 5 ? `, and ${names.length - 5} more` : ""}`;
}
