/** Stands for NaN inside a parsed text; no program prints this by chance. */
const MARK = "\u0000NaN";

/** Strings (also one that never ends), and the three words that JSON lacks and Python's `json` prints. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|-?Infinity\b|NaN\b/g;

/**
 * Reads an object from JSON in which `NaN`, `Infinity` and `-Infinity` may stand for numbers, as Python's `json` writes them.
 * undefined for everything else, never an error.
 *
 * @example
 * readLooseObject('{"loss": NaN}'); // { loss: NaN }
 */
export function readLooseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const trimmed = text.trim();
  // Most of what a training prints is no JSON: it is not worth an exception.
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return undefined;
  return parse(trimmed) ?? (/NaN|Infinity/.test(trimmed) ? parse(withoutWords(trimmed), restore) : undefined);
}

function parse(text: string, revive?: (name: string, value: unknown) => unknown): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text, revive) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function withoutWords(text: string): string {
  return text.replace(TOKENS, (token) => {
    if (token.startsWith('"')) return token;
    if (token === "NaN") return JSON.stringify(MARK);
    // Too large for a number: it is read as infinite.
    return token.startsWith("-") ? "-1e999" : "1e999";
  });
}

function restore(_name: string, value: unknown): unknown {
  return value === MARK ? Number.NaN : value;
}
