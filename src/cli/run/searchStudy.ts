import { existsSync, readFileSync, statSync } from "node:fs";
import { AssayError } from "../../errors.js";
import {
  keptSearchOptions,
  type SearchSettings,
  searchFlags,
  searchSettingsSchema,
} from "../../experiment/searchSettings.js";
import type { SearchSetup } from "../../experiment/searchSetup.js";
import type { Objective, Observation } from "../../strategy/contract.js";
import { keepStudy, type Storage, Study } from "../../study/index.js";
import { openStorage } from "../../study/openStorage.js";
import { defaultStorage } from "./defaultStorage.js";
import { fixedSearchOptions, type SearchCommandOptions } from "./searchOptions.js";

/** A study in a file, opened for a search. */
export interface StudyFile {
  readonly storage: Storage;
  readonly name: string;
  /** Whether the user gave the name; otherwise it is that of a new study. */
  readonly isNamed: boolean;
  readonly id: string;
  /** As it stood before; undefined where it is new. */
  readonly settings: SearchSettings | undefined;
  /** Its budget before; undefined where it is new. */
  readonly budget: number | undefined;
  /** How many trials it had; more can only be added. */
  readonly trials: number;
}

/** How a search finds its study. */
interface StudyRequest {
  /** Undefined: a new one, named after what is searched. */
  readonly name: string | undefined;
  readonly subject: string;
  readonly storage: string | undefined;
}

/** Opens the file that keeps the study, and finds the study in it if it is there. */
export async function openStudyFile({
  name,
  subject,
  storage: path = defaultStorage(),
}: StudyRequest): Promise<StudyFile> {
  const storage = await openStorage(path);
  try {
    const chosen = name ?? freshName(storage, subject);
    const isNamed = name !== undefined;
    const found = isNamed ? storage.find(chosen) : undefined;
    if (found === undefined) {
      const id = crypto.randomUUID();
      return { storage, name: chosen, isNamed, id, settings: undefined, budget: undefined, trials: 0 };
    }
    const { id, budget, counts } = found;
    const trials = counts.done + counts.failed;
    return { storage, name: chosen, isNamed, id, settings: readSettings(found.settings, chosen), budget, trials };
  } catch (error) {
    storage.close();
    throw error;
  }
}

/** The settings of a study that `assay search` made. Throws AssayError for one that a program made by itself. */
export function readSettings(settings: Readonly<Record<string, unknown>>, name: string): SearchSettings {
  const result = searchSettingsSchema.safeParse(settings);
  if (result.success) return result.data;
  throw new AssayError(
    "not-a-search",
    `The study "${name}" was not made by assay search, so the command line cannot go on with it.`,
    'Go on in the program that made it, with createStudy and mode: "resume".',
  );
}

/** The name of a new study: what is searched, with a number where there is one already. */
function freshName(storage: Storage, subject: string): string {
  const base =
    subject
      .replace(/[^\p{L}\p{N}._+-]+/gu, "-")
      .replace(/^[^\p{L}\p{N}]+|-+$/gu, "")
      .slice(0, 80) || "study";
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (storage.find(name) === undefined) return name;
  }
}

/** What makes the study of a search. */
interface SearchStudyParts {
  readonly options: SearchCommandOptions;
  readonly setup: SearchSetup;
  readonly subject: string;
  readonly budget: number;
  readonly retries: number;
  readonly packChecksum: string | undefined;
  /** Of the label; empty where nobody said. */
  readonly labelUnit: string;
  readonly warmStart: readonly Observation[];
  /** Undefined: kept nowhere. */
  readonly file: StudyFile | undefined;
}

/** The study of a search: new, gone on with, or kept nowhere. Throws AssayError where it was made with other options. */
export function openSearchStudy(parts: SearchStudyParts): Study {
  const { options, setup, subject, budget, retries, warmStart, file, packChecksum, labelUnit } = parts;
  if (file === undefined) return new Study({ ...setup, retries, warmStart });
  const settings = {
    ...settingsOf(options, packChecksum, setup.objectives),
    ...(labelUnit === "" ? {} : { labelUnit }),
  };
  if (file.settings !== undefined) requireSameSearch(file.name, file.settings, settings);
  return keepStudy({
    setup,
    name: file.name,
    id: file.id,
    storage: file.storage,
    mode: file.isNamed ? "either" : "create",
    subject,
    strategy: options.strategy,
    budget,
    retries,
    warmStart,
    settings,
  });
}

function settingsOf(
  options: SearchCommandOptions,
  packChecksum: string | undefined,
  objectives: readonly Objective[] | undefined,
): SearchSettings {
  const spaceFile = options.space === undefined ? undefined : readSpaceFile(options.space);
  return {
    schema: 1,
    command: "search",
    options: keptSearchOptions.parse(options),
    folder: process.cwd(),
    ...(spaceFile === undefined ? {} : { spaceFile }),
    ...(packChecksum === undefined ? {} : { packChecksum }),
    ...(objectives === undefined
      ? {}
      : { objectives: objectives.map(({ name, direction, unit }) => ({ name, direction, unit })) }),
  };
}

/** Undefined where `--space` names a space. */
function readSpaceFile(path: string): string | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
}

function requireSameSearch(name: string, before: SearchSettings, now: SearchSettings): void {
  for (const option of fixedSearchOptions) {
    const flag = searchFlags[option];
    const [was, is] = [before.options[option], now.options[option]];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    throw new AssayError(
      "other-study",
      `The study "${name}" was made with ${say(flag, was)}, not with ${say(flag, is)}.`,
      `Go on as it was made: assay resume "${name}"; or give another name for a new study.`,
    );
  }
  if (before.spaceFile !== now.spaceFile) {
    throw new AssayError(
      "other-study",
      `${now.options.space} has changed since the study "${name}" was made.`,
      "Restore the file as it was, or give another name for a new study.",
    );
  }
  if (before.packChecksum !== now.packChecksum) {
    throw new AssayError(
      "other-study",
      `The measurements of ${now.options.benchmark} have changed since the study "${name}" was made.`,
      "Give another name for a new study.",
    );
  }
}

function say(flag: string, value: unknown): string {
  if (value === undefined || value === false) return `no ${flag}`;
  return value === true ? flag : `${flag} ${Array.isArray(value) ? value.join(" ") : String(value)}`;
}
