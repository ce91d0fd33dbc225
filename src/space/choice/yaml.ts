import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import { childField, mistake, type Place, type SourceNode, shorten } from "./source.js";

/** Limits that no honest space file reaches; they keep hostile ones from filling memory or the stack. */
const MAXIMUM_CHARACTERS = 1_000_000;
const MAXIMUM_DEPTH = 30;
const MAXIMUM_ALIASES = 100;
const MAXIMUM_NODES = 100_000;

/** Reads the text of a YAML or JSON file (JSON is YAML) into nodes that know their lines. */
export function parseSource(text: string, file: string): SourceNode {
  const top: Place = { source: file, field: "" };
  if (text.length > MAXIMUM_CHARACTERS)
    throw mistake(
      top,
      `is too large: ${text.length} characters, at most ${MAXIMUM_CHARACTERS}.`,
      "Write long lists of levels as ranges.",
    );
  refuseDeepNesting(text, top);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "error",
    uniqueKeys: false,
    version: "1.2",
  });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  // The first error by place: later ones often follow from it.
  const error = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (error !== undefined) throw syntaxMistake(error, { ...top, line: lineAt(error.pos[0]) });
  if (document.contents === null) throw mistake(top, "is empty.", "A space file has at least the key parameters.");
  return new Walk(top, lineAt).node(document.contents, "", 0);
}

class Walk {
  readonly #top: Place;
  readonly #lineAt: (offset: number) => number;
  readonly #anchors = new Map<string, Node>();
  #aliases = 0;
  #nodes = 0;

  constructor(top: Place, lineAt: (offset: number) => number) {
    this.#top = top;
    this.#lineAt = lineAt;
  }

  node(node: Node, field: string, depth: number, line = this.#lineOf(node)): SourceNode {
    const place: Place = { source: this.#top.source, line, field };
    // An alias inside its own anchor ends here too.
    if (depth > MAXIMUM_DEPTH) throw mistake(place, `is nested more than ${MAXIMUM_DEPTH} levels deep.`);
    if (++this.#nodes > MAXIMUM_NODES) throw mistake(place, `the file holds more than ${MAXIMUM_NODES} values.`);
    if (isAlias(node)) {
      if (++this.#aliases > MAXIMUM_ALIASES)
        throw mistake(place, `the file uses more than ${MAXIMUM_ALIASES} aliases (*name).`, "Write the values out.");
      const target = this.#anchors.get(node.source);
      if (target === undefined)
        throw mistake(place, `the alias *${node.source} has no anchor &${node.source} before it.`);
      return this.node(target, field, depth + 1, line);
    }
    if ("anchor" in node && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return { kind: "map", place, entries: this.#entries(node.items, field, depth) };
    if (isSeq(node)) {
      const items = node.items.map((item, i) => this.#child(item as Node | null, childField(field, i), depth, place));
      return { kind: "list", place, items };
    }
    return { kind: "scalar", place, value: isScalar(node) ? node.value : undefined };
  }

  #entries(pairs: readonly { key: unknown; value: unknown }[], field: string, depth: number): Map<string, SourceNode> {
    const entries = new Map<string, SourceNode>();
    for (const { key, value } of pairs) {
      const keyNode = key as Node;
      const place: Place = { source: this.#top.source, line: this.#lineOf(keyNode), field };
      if (!isScalar(keyNode)) throw mistake(place, "a key must be a plain name.");
      const name = keyNode.value === null ? "" : String(keyNode.value);
      const childPlace: Place = { ...place, field: childField(field, shorten(name)) };
      const earlier = entries.get(name);
      if (earlier !== undefined)
        throw mistake(childPlace, `is given twice, first on line ${earlier.place.line}.`, "Remove one of the two.");
      entries.set(name, this.#child(value as Node | null, childPlace.field, depth, childPlace));
    }
    return entries;
  }

  /** A child on the line of its key, where a reader looks for it. */
  #child(node: Node | null, field: string, depth: number, parent: Place): SourceNode {
    const place: Place = { ...parent, field };
    if (node === null) return { kind: "scalar", place, value: null };
    const isEntry = parent.field === field;
    return this.node(node, field, depth + 1, isEntry ? parent.line : this.#lineOf(node));
  }

  #lineOf(node: Node): number {
    return this.#lineAt(node.range?.[0] ?? 0);
  }
}

/**
 * The parser and the composer of the library recurse once for each level of nesting and end the whole process where the
 * stack does not suffice, so that depth is counted on the tokens first.
 */
function refuseDeepNesting(text: string, top: Place): void {
  let flow = 0;
  let onLine = 0;
  let line = 1;
  for (const token of new Lexer().lex(text)) {
    if (token === "{" || token === "[") flow++;
    else if (token === "}" || token === "]") flow = Math.max(0, flow - 1);
    else if (flow === 0 && (token === "-" || token === "?" || token === ":")) onLine++;
    const breaks = countLineBreaks(token);
    line += breaks;
    if (breaks > 0) onLine = 0;
    // The text of a block scalar is a token that begins with blanks, too.
    const indented = /^[ \t]/.test(token) && token.length > 10 * MAXIMUM_DEPTH && token.trim() === "";
    if (flow > MAXIMUM_DEPTH || onLine > MAXIMUM_DEPTH || indented)
      throw mistake({ ...top, line }, `is nested more than ${MAXIMUM_DEPTH} levels deep.`);
  }
}

function countLineBreaks(token: string): number {
  let count = 0;
  for (let i = token.indexOf("\n"); i >= 0; i = token.indexOf("\n", i + 1)) count++;
  return count;
}

function syntaxMistake(error: YAMLError, place: Place): Error {
  if (error.code === "TAB_AS_INDENT") return mistake(place, "a tab is used for indentation.", "YAML wants spaces.");
  if (error.code === "MULTIPLE_DOCS")
    return mistake(place, 'a second document begins here ("---").', "A space file holds one document.");
  if (error.code === "BLOCK_AS_IMPLICIT_KEY")
    return mistake(
      place,
      "cannot be read as YAML: a second colon on this line.",
      "Put text that holds a colon, such as a ? b : c, in quotes.",
    );
  if (error.code === "TAG_RESOLVE_FAILED") return mistake(place, "tags such as !name are not read.", "Remove the tag.");
  if (error.code === "MISSING_CHAR" && /closing .*quote/.test(error.message))
    return mistake(place, "cannot be read as YAML: a quotation mark is opened and never closed.");
  if (error.code === "BAD_INDENT" && /^Flow .* end with a [\]}]/.test(error.message))
    return mistake(place, "cannot be read as YAML: a bracket is opened and never closed.");
  const sentence = error.message.replace(/\.$/, "").replace(/\s+/g, " ");
  return mistake(place, `cannot be read as YAML: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}.`);
}
