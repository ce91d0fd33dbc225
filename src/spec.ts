import { AssayError } from "./errors.js";

/** The name of an implementation with its options, as a user writes it. */
export interface Spec {
  readonly name: string;
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Reads `name`, `name:key=value,key=value` or `name(key=value,key=value)`. A value may itself be a spec with brackets:
 * `weaknas:predictor=mlp(layers=3,width=64),batch=5`. Numbers, true and false become what they look like.
 *
 * @example
 * parseSpec("weaknas:init=10"); // { name: "weaknas", options: { init: 10 } }
 */
export function parseSpec(text: string): Spec {
  const trimmed = text.trim();
  const match = /^([^:(=,\s]+)(?::(.*)|\((.*)\))?$/s.exec(trimmed);
  if (match === null) throw malformed(text, "a name comes first");
  const list = match[2] ?? match[3] ?? "";
  const options: Record<string, string | number | boolean> = Object.create(null);
  for (const part of splitAtTopLevel(list, text)) {
    const equals = part.indexOf("=");
    if (equals <= 0) throw malformed(text, `"${part}" is not key=value`);
    const key = part.slice(0, equals).trim();
    if (Object.hasOwn(options, key)) throw malformed(text, `"${key}" is given twice`);
    options[key] = readValue(part.slice(equals + 1).trim());
  }
  return { name: match[1], options: { ...options } };
}

/** Writes a spec so that `parseSpec` reads it again. */
export function formatSpec(spec: Spec): string {
  const pairs = Object.entries(spec.options).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? spec.name : `${spec.name}:${pairs.join(",")}`;
}

function readValue(text: string): string | number | boolean {
  if (text === "true") return true;
  if (text === "false") return false;
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

function splitAtTopLevel(list: string, whole: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] === "(") depth++;
    else if (list[i] === ")" && --depth < 0) throw malformed(whole, "a bracket closes that was never opened");
    else if (list[i] === "," && depth === 0) {
      parts.push(list.slice(start, i));
      start = i + 1;
    }
  }
  if (depth !== 0) throw malformed(whole, "a bracket is never closed");
  parts.push(list.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function malformed(text: string, reason: string): AssayError {
  return new AssayError("bad-spec", `Cannot read "${text}": ${reason}.`, "Write name or name:key=value,key=value.");
}
