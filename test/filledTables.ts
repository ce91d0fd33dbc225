import { expect } from "vitest";
import { describeOptions, type OptionSchema } from "../src/options.js";

/** Replaces what stands between `<!-- marker -->` and `<!-- end -->` of a page with a table made from the source. */
export function fillTable(page: string, marker: string, table: string): string {
  const start = `<!-- ${marker} -->\n`;
  expect(page).toContain(start);
  const from = page.indexOf(start) + start.length;
  return `${page.slice(0, from)}${table}\n${page.slice(page.indexOf("<!-- end -->", from))}`;
}

/** The options of an implementation as a table in Markdown. */
export function optionTable(schema: OptionSchema): string {
  const rows = describeOptions(schema).map(
    (option) => `| \`${option.name}\` | ${option.default} | ${option.description} |`,
  );
  return ["| option | default | meaning |", "|---|---|---|", ...rows].join("\n");
}

/** The options of an implementation in one cell of a table. */
export function briefOptions(schema: OptionSchema): string {
  const all = describeOptions(schema).map((option) => `\`${option.name}\` (${option.default}): ${option.description}`);
  return all.join("; ") || "none";
}
