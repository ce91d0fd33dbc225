import { resolve } from "../../registry.js";
import { spaces } from "../../space/index.js";
import { parseCell } from "../../space/nasbench201/text.js";
import { drawArchitecture, isEdgeCell } from "./architecture.js";
import { drawEdgeCell } from "./edgeCell.js";
import { plainText } from "./plainText.js";

/** How the spaces that come with the package write their architectures. */
const FORMS: readonly (readonly [form: RegExp, space: string])[] = [
  [/^\d+:[01]+:\w+$/, "nasbench101"],
  [/^\w+~[\d,]+(\|\w+~[\d,]+)+$/, "nanobench"],
];
const CHOICES = /^[\w.-]+=[^,=]*(,[\w.-]+=[^,=]*)*$/;

/**
 * Draws an architecture that only its text form is known of, as `drawArchitecture` does where that form tells enough; otherwise the text
 * itself.
 */
export function drawArchitectureText(text: string): string[] {
  if (isEdgeCell(text)) return drawEdgeCell(parseCell(text));
  if (CHOICES.test(text)) {
    const choices = text.split(",").map((choice) => choice.split("="));
    const width = Math.max(...choices.map(([name]) => name.length));
    return choices.map(([name, value]) => `${plainText(name).padEnd(width)}  ${plainText(value)}`);
  }
  const name = FORMS.find(([form]) => form.test(text))?.[1];
  if (name === undefined) return [];
  try {
    const { definition, options } = resolve("space", spaces, name);
    const space = definition.create(options);
    return drawArchitecture(space, space.parse(text));
  } catch {
    // It only looked like one.
    return [];
  }
}
