import { Parser } from "expr-eval-fork";
import { mistake, type Place } from "./source.js";

/** One step of an expression in postfix order, as the library's parser gives it. */
export interface Token {
  readonly type: string;
  /** A number, text or truth value; a name; an operator; a count of arguments; or the tokens of a branch. */
  readonly value: unknown;
}

const MAXIMUM_CHARACTERS = 2000;
const MAXIMUM_DEPTH = 40;

/** Expressions are only parsed by the library, never run: `expression.ts` compiles what it knows and refuses the rest. */
const parser = createParser();

/** The tokens of an expression. Throws AssayError where it is not one. */
export function parseTokens(text: string, place: Place): readonly Token[] {
  if (text.length > MAXIMUM_CHARACTERS)
    throw mistake(place, `the expression is too long: ${text.length} characters, at most ${MAXIMUM_CHARACTERS}.`);
  // The parser recurses for each bracket, and a stack that overflows can end the process.
  let depth = 0;
  for (const character of text) {
    if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
    if (depth > MAXIMUM_DEPTH) throw mistake(place, `the expression nests more than ${MAXIMUM_DEPTH} brackets.`);
  }
  try {
    return (parser.parse(text) as unknown as { readonly tokens: readonly Token[] }).tokens;
  } catch (error) {
    throw syntaxMistake(place, text, error instanceof Error ? error.message : String(error));
  }
}

/** A parser that knows true and false, operators, and no function: those are names like others here. */
function createParser(): Parser {
  const created = new Parser({
    allowMemberAccess: false,
    operators: { assignment: false, fndef: false, factorial: false, concatenate: false, in: true },
  });
  const { unaryOps } = created;
  // Without prototypes, so that a parameter may be called toString or constructor.
  const { binaryOps } = created as unknown as { binaryOps: object };
  created.unaryOps = bare({ "-": unaryOps["-"], "+": unaryOps["+"], not: unaryOps["not"] });
  created.consts = bare({ true: true, false: false });
  created.functions = bare({});
  Object.assign(created, { binaryOps: bare(binaryOps), ternaryOps: bare({ "?": true }) });
  return created;
}

function bare(entries: object): object {
  return Object.assign(Object.create(null), entries);
}

const OTHER_WORDS: Readonly<Record<string, string>> = {
  "=": 'Write "==" to compare.',
  "&": 'Write "and".',
  "|": 'Write "or".',
  "!": 'Write "not"; there is no factorial.',
};

function syntaxMistake(place: Place, text: string, message: string): Error {
  const start = `cannot read ${JSON.stringify(text)}`;
  const unknown = /Unknown character "(.)"/su.exec(message)?.[1];
  if (unknown === '"' || unknown === "'")
    return mistake(place, `${start}: a quotation mark is opened and never closed.`);
  if (unknown !== undefined)
    return mistake(
      place,
      `${start}: the character ${JSON.stringify(unknown)} has no meaning here.`,
      OTHER_WORDS[unknown],
    );
  if (/unexpected TEOF/.test(message)) return mistake(place, `${start}: it ends too early.`);
  if (/member access/.test(message))
    return mistake(place, `${start}: a dot may stand in numbers only.`, "Expressions see names, numbers and texts.");
  const expected = /Expected (\S+)$/.exec(message)?.[1];
  const column = /\[\d+:(\d+)\]/.exec(message)?.[1];
  // What was read when the parser stopped, the token that it could not use included.
  const read = JSON.stringify(text.slice(0, Number(column ?? 1) - 1).slice(-20));
  if (expected === "EOF")
    return read.endsWith(')"')
      ? mistake(place, `${start}: a bracket closes that was never opened, after ${read}.`)
      : mistake(place, `${start}: an operator is missing in ${read}.`, "Write a product as a * b.");
  if (expected !== undefined) return mistake(place, `${start}: "${expected}" is missing after ${read}.`);
  const token = /^unexpected T\w+: (.*)$/s.exec(message)?.[1];
  if (token !== undefined) return mistake(place, `${start}: "${token}" stands where a value was expected.`);
  return mistake(
    place,
    `${start}.`,
    "Expressions are made of names, numbers, + - * / % ^, comparisons, and, or, not, ? :.",
  );
}
