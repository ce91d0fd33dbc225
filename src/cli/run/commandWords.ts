import { existsSync } from "node:fs";
import { AssayError } from "../../errors.js";
import { splitWords } from "../../evaluator/command/words.js";

/**
 * The command of the user: the words of `--command`, or those after `--`. One word with blanks in it is split, as a shell would have
 * done. Throws AssayError where there are both, or none after `--`.
 */
export function readCommandWords(
  given: readonly string[] | undefined,
  afterDashes: readonly string[] | undefined,
): { readonly command?: readonly string[] } {
  if (given !== undefined && afterDashes !== undefined) {
    throw new AssayError(
      "bad-options",
      "Give the command after --command, or all of it after --, not both.",
      "With options of its own: assay search --space FILE -- python3 train.py --lr 0.1",
    );
  }
  const words = given ?? afterDashes;
  if (words === undefined) return {};
  const command = words.length === 1 && /\s/.test(words[0]) && !existsSync(words[0]) ? splitWords(words[0]) : words;
  if (command.length === 0) {
    throw new AssayError(
      "bad-options",
      `There is no command after ${given === undefined ? "--" : "--command"}.`,
      "Give one such as python3 train.py.",
    );
  }
  return { command };
}
