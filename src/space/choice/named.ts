import { expectKeys, expectText, type Place } from "./source.js";
import { parseSource } from "./yaml.js";

/** The built-in space that a space file names instead of describing one. */
export interface NamedSpace {
  /** Name with options, such as "nasbench201:dataset=cifar100". */
  readonly spec: string;
  readonly place: Place;
}

/**
 * What the key `space` of a space file names; undefined where the file has no such key and so describes a space itself. Throws
 * AssayError where the file cannot be read as YAML, or has other keys beside `space`.
 *
 * @example
 * readNamedSpace("space: nasbench201", "space.yaml")?.spec; // "nasbench201"
 */
export function readNamedSpace(text: string, file: string): NamedSpace | undefined {
  const node = parseSource(text, file);
  const named = node.kind === "map" ? node.entries.get("space") : undefined;
  if (node.kind !== "map" || named === undefined) return undefined;
  expectKeys(node, "a file that names a built-in space", ["space"]);
  return { spec: expectText(named, "the name of a built-in space, such as nasbench201"), place: named.place };
}
