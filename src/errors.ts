/**
 * An error that the user can mend: bad input, a missing file, an option out of range.
 *
 * The command line prints `message`, then `hint`, and exits with code 2. Every other kind of error is an internal fault
 * and exits with 1. `message` says what was wrong and where (file, row, field); `hint` says what to do.
 *
 * @example
 * throw new AssayError("unknown-predictor", 'There is no predictor "mpl".', 'Did you mean "mlp"?');
 */
export class AssayError extends Error {
  override readonly name = "AssayError";
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** The known name nearest to a misspelt one (optimal string alignment distance at most a third of its length), if any. */
export function nearestName(misspelt: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(misspelt.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(misspelt.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) {
      bestDistance = distance;
      best = name;
    }
  }
  return best;
}

/** The error for a file that could not be read. */
export function unreadableFile(path: string, cause: unknown): AssayError {
  const { code, message } = cause as Error & { readonly code?: string };
  const why = code === "ENOENT" ? "there is no such file" : message;
  return new AssayError("no-file", `Cannot read ${path}: ${why}.`, undefined, { cause });
}

/** A sentence for a name that is not in a list: the nearest one where there is one, else the whole list. */
export function suggestName(misspelt: string, known: Iterable<string>): string {
  const names = [...known];
  const nearest = nearestName(misspelt, names);
  return nearest === undefined ? `Known: ${names.join(", ")}.` : `Did you mean "${nearest}"?`;
}

function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
      }
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length];
}
