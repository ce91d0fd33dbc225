import { type KeptSearchOptions, searchSettingsSchema } from "../experiment/searchSettings.js";

const flags: Readonly<Record<keyof KeptSearchOptions, string>> = {
  benchmark: "--benchmark",
  space: "--space",
  evaluate: "--evaluate",
  command: "--command",
  http: "--http",
  queueName: "--queue-name",
  logFolder: "--log-folder",
  train: "--train",
  trainer: "--trainer",
  live: "--live",
  strategy: "--strategy",
  objectives: "--objectives",
  batch: "--batch",
  label: "--label",
  estimationCode: "--estimation-code",
  limit: "--limit",
  costs: "--costs",
  seed: "--seed",
  parallel: "--parallel",
  asynchronous: "--asynchronous",
  retries: "--retries",
  medianRule: "--median-rule",
  timeout: "--timeout",
};
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
    return [[flags[name as keyof KeptSearchOptions], shorten(name === "http" ? withoutSecrets(text) : text)]];
  });
  return Object.fromEntries([...words, ...(packChecksum === undefined ? [] : [["measurements", packChecksum]])]);
}

/** The folder in which a study was made; undefined where that is not known. */
export function folderOf(settings: Readonly<Record<string, unknown>>): string | undefined {
  return searchSettingsSchema.safeParse(settings).data?.folder;
}

/** What is shown may be copied somewhere: neither a password nor a key in a query belongs there. */
function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/@]*@/, "//USER:PASSWORD@").replace(/\?.*$/, "?…");
}

function shorten(text: string | undefined): string {
  return text === undefined ? "" : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
