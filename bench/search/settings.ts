import { parseArgs } from "node:util";

/** What both benchmarks of whole searches are told. */
export interface Settings {
  /** What to run; everything that is not left for a request where empty. */
  readonly names: readonly string[];
  readonly seeds: number;
  readonly firstSeed: number;
  readonly threads: number;
  /** File for the figures as JSON. */
  readonly out: string | undefined;
  readonly list: boolean;
}

/** Reads `[name …] [--seeds N] [--first-seed N] [--threads N] [--out FILE] [--list]`. */
export function readSettings(defaults: { readonly seeds: number; readonly firstSeed: number }): Settings {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: "string" },
      "first-seed": { type: "string" },
      threads: { type: "string" },
      out: { type: "string" },
      list: { type: "boolean" },
    },
  });
  return {
    names: positionals,
    seeds: count("seeds", values.seeds, defaults.seeds),
    firstSeed: count("first-seed", values["first-seed"], defaults.firstSeed),
    threads: count("threads", values.threads, 1),
    out: values.out,
    list: values.list ?? false,
  };
}

function count(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!(Number.isSafeInteger(value) && value >= 1)) throw new Error(`--${name} must be a whole number from 1.`);
  return value;
}
