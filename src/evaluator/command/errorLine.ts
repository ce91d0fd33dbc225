import { stripVTControlCharacters } from "node:util";

const LONGEST = 300;

/** Begins with the name of an error, as Python, Node and Java print it. */
const NAMED = /^(?:Uncaught |Exception in thread "[^"]*" )?[\w.]*(?:Error|Exception|Interrupt|Exit)\b/;
const SPEAKS_OF_ONE = /\b(?:error|fatal|panic(?:ked)?|killed|aborted|fault|cannot|can't|no such|not found|denied)\b/i;

/**
 * The line of the end of an error output that tells most: the last that begins with the name of an error, else the last that speaks
 * of one, else the last. undefined where there is none.
 *
 * @example
 * findErrorLine("Traceback …\nRuntimeError: CUDA out of memory\n"); // "RuntimeError: CUDA out of memory"
 */
export function findErrorLine(output: string): string | undefined {
  const lines = stripVTControlCharacters(output)
    .split(/[\r\n]+/)
    // What a terminal would act on has no place in a message.
    .map((line) => line.replace(/\p{Cc}+/gu, " ").trim())
    .filter((line) => line !== "");
  const line = [NAMED, SPEAKS_OF_ONE].map((sign) => lines.findLast((one) => sign.test(one))).find((one) => one);
  return (line ?? lines.at(-1))?.slice(0, LONGEST);
}
