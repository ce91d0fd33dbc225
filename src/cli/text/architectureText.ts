import { isEdgeCell, parseCell } from "../../space/nasbench201/text.js";
import { choicesOfText, spaceOfText } from "../../space/textForms.js";
import { drawArchitecture } from "./architecture.js";
import { drawEdgeCell } from "./edgeCell.js";
import { plainText } from "./plainText.js";

/**
 * Draws an architecture that only its text form is known of, as `drawArchitecture` does where that form tells enough; otherwise the text
 * itself.
 */
export function drawArchitectureText(text: string): string[] {
  if (isEdgeCell(text)) return drawEdgeCell(parseCell(text));
  const choices = choicesOfText(text);
  if (choices !== undefined) {
    const width = Math.max(...choices.map(([name]) => name.length));
    return choices.map(([name, value]) => `${plainText(name).padEnd(width)}  ${plainText(value)}`);
  }
  const known = spaceOfText(text);
  return known === undefined ? [] : drawArchitecture(known.space, known.architecture);
}
