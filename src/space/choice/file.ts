import { readModel } from "./read.js";
import { buildSpace, type ChoiceSpace } from "./space.js";
import { parseSource } from "./yaml.js";

/**
 * Reads the text of a space file (YAML or JSON) and makes the space. Throws AssayError that names file, line and field.
 *
 * @param file the name of the file, for messages; without its folder and suffix it is the default name of the space
 * @example
 * const space = parseChoiceSpace("parameters: {kernel: [3, 5, 7]}", "my-space.yaml");
 */
export function parseChoiceSpace(text: string, file: string): ChoiceSpace {
  const base = file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
  return buildSpace(readModel(parseSource(text, file), base === "" ? "choice" : base));
}
