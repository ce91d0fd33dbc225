import { shownAddress } from "../evaluator/http/shownAddress.js";
import { type KeptSearchOptions, searchFlags, searchSettingsSchema } from "../experiment/searchSettings.js";

const LONGEST = 2000;

/** The options that made a study, as words; those of a study that a program made as JSON. */
export function settingsInWords(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const { data } = searchSettingsSchema.safeParse(settings);
  if (data === undefined)
    return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, shorten(JSON.stringify(value))]));
  const { options, packChecksum } = data;
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    const text = value === true ? "yes" : Array.isArray(value) ? value.join(" ") : String(value);
    return [[searchFlags[name as keyof KeptSearchOptions], shorten(name === "http" ? shownAddress(text) : text)]];
  });
  return Object.fromEntries([...words, ...(packChecksum === undefined ? [] : [["measurements", packChecksum]])]);
}

/** The folder in which a study was made; undefined where that is not known. */
export function folderOf(settings: Readonly<Record<string, unknown>>): string | undefined {
  return searchSettingsSchema.safeParse(settings).data?.folder;
}

function shorten(text: string | undefined): string {
  return text === undefined ? "" : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
