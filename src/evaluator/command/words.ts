import { AssayError } from "../../errors.js";

/** Words in quotes, an escaped character, or plain characters. */
const PIECES = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gsy;

/**
 * Splits a command at blanks. Single and double quotes hold words together and a backslash takes the next character as it is, as in
 * a shell; nothing else has a meaning. Throws AssayError where a quote is never closed.
 *
 * @example
 * splitWords("python3 'my train.py' --lr 0.1"); // ["python3", "my train.py", "--lr", "0.1"]
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    const [piece, single, double, escaped, plain] = match;
    end = match.index + piece.length;
    const part = single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain;
    if (part !== undefined) word = (word ?? "") + part;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < text.length)
    throw new AssayError("bad-command", `A quote in the command ${text} is never closed, or a backslash ends it.`);
  return word === undefined ? words : [...words, word];
}

/** One text that `splitWords` and a shell read as these words. */
export function joinWords(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

/** A word as a shell reads it. */
export function quoteWord(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
