import type { ComponentChildren } from "preact";
import { resolveStyle } from "./resolveStyle.js";
import type { StyleSheet } from "./styleSheet.js";
import { expandTree, type SvgElement } from "./svgTree.js";

/**
 * A drawing as the text of an SVG file that needs no style sheet: what styles say stands at each element. Texts are escaped, and numbers
 * have at most two decimals.
 *
 * @param prefix stands before each id, so that several drawings may share a page
 */
export function writeSvg(drawing: ComponentChildren, sheet: StyleSheet, prefix: string): string {
  const write = (
    node: SvgElement | string,
    ancestors: readonly SvgElement[],
    inherited: StyleSheet["variables"],
  ): string => {
    if (typeof node === "string") return escapeText(node);
    const { attributes, variables } = resolveStyle(node, ancestors, sheet, inherited);
    const all = Object.entries({ ...node.attributes, ...attributes }).map(
      ([name, value]) => ` ${name}="${escapeText(writeValue(name, value, prefix))}"`,
    );
    const path = [...ancestors, node];
    const within = node.children.map((child) => write(child, path, variables)).join("");
    const end = within === "" ? "/>" : `>${within}</${node.name}>`;
    // A line for each piece, so that two versions can be compared.
    return `${isInline(node) ? "" : "\n"}<${node.name}${all.join("")}${end}`;
  };
  const body = expandTree(drawing).map((node) => write(node, [], sheet.variables));
  return `<?xml version="1.0" encoding="UTF-8"?>${body.join("")}\n`;
}

/** White space inside of a text would be drawn. */
function isInline({ name }: SvgElement): boolean {
  return name === "tspan";
}

function writeValue(name: string, value: string | number, prefix: string): string {
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  if (name === "id") return `${prefix}-${value}`;
  return value.replace(/^url\(#/, `url(#${prefix}-`);
}

/** Text for content and attributes. Characters that XML has no place for are left out. */
export function escapeText(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
  );
}
