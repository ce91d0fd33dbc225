/** Marks that turn the direction of writing, or do not show at all: one text would look like another. */
const HIDDEN = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Text of others, such as the last line of a training that crashed, for one line of a terminal: line breaks become spaces, and whatever
 * would drive the terminal or hide something is shown as JSON writes it.
 *
 * @example
 * plainText("\u001b[2Jgone\n"); // "\\u001b[2Jgone"
 */
export function plainText(text: string): string {
  return text
    .trim()
    .replace(/[\t\r\n]+/g, " ")
    .replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same, cut where it is longer. */
export function shortText(text: string, letters: number): string {
  const plain = plainText(text);
  return plain.length > letters ? `${plain.slice(0, letters - 1)}…` : plain;
}
