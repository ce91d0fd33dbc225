import { AssayError } from "../errors.js";
import type { MapView } from "../view/contract.js";

const LONGEST_NAME = 200;
const MOST_NAMES = 50;
/** Rows of one answer. */
const MOST_TRIALS = 10_000;

/** Reads what stands behind the question mark of an address. All methods throw AssayError `bad-query` for anything else than is asked for. */
export interface QueryReader {
  /** Of a study. */
  name(): string;
  /** Several studies, in their order. */
  names(): readonly string[];
  /** The whole number `key`, or what holds where it is absent; undefined: it must be there. */
  whole(key: string, limits: { readonly least: number; readonly most: number }, absent?: number): number;
  /** How many trials. */
  count(): number;
  /** Any finite number; undefined where it is absent. */
  number(key: string): number | undefined;
  method(): MapView["method"];
}

export function createQueryReader(query: URLSearchParams): QueryReader {
  const only = (key: string): string | undefined => {
    const values = query.getAll(key);
    if (values.length > 1) throw badQuery(`"${key}" stands there ${values.length} times.`, "Give it once.");
    return values[0];
  };
  const whole: QueryReader["whole"] = (key, { least, most }, absent) => {
    const text = only(key) ?? (absent === undefined ? "" : String(absent));
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw badQuery(`"${key}" must be a whole number from ${least} to ${most}, got ${quote(text)}.`);
  };
  return {
    name: () => requireName("name", only("name")),
    names() {
      const names = query.getAll("names");
      if (names.length === 0) throw badQuery('"names" is missing.', "Give the names of studies: names=a&names=b.");
      if (names.length > MOST_NAMES) {
        throw badQuery(`At most ${MOST_NAMES} studies can be compared, got ${names.length}.`);
      }
      return names.map((name) => requireName("names", name));
    },
    whole,
    count: () => whole("count", { least: 1, most: MOST_TRIALS }, 1000),
    number(key) {
      const text = only(key);
      if (text === undefined) return undefined;
      const value = /^-?\d{1,40}(\.\d{1,40})?(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
      if (Number.isFinite(value)) return value;
      throw badQuery(`"${key}" must be a number, got ${quote(text)}.`);
    },
    method() {
      const text = only("method") ?? "UMAP";
      if (text === "UMAP" || text === "t-SNE") return text;
      throw badQuery(`"method" must be UMAP or t-SNE, got ${quote(text)}.`);
    },
  };
}

function requireName(key: string, name: string | undefined): string {
  if (name === undefined || name === "") throw badQuery(`"${key}" is missing.`, "Give the name of a study.");
  if (name.length > LONGEST_NAME) throw badQuery(`"${key}" has more than ${LONGEST_NAME} letters.`);
  return name;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function badQuery(message: string, hint?: string): AssayError {
  return new AssayError("bad-query", message, hint);
}
