import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { acquisitions } from "../acquisition/index.js";
import { describeOptions, type OptionSchema } from "../options.js";
import { strategies } from "./index.js";

const page = new URL("../../docs/strategies.md", import.meta.url).pathname;

/** Mended with `npx vitest run src/strategy/documentation.test.ts -u`. */
it("docs/strategies.md lists the options and acquisitions there are", async () => {
  let text = readFileSync(page, "utf8");
  for (const [name, definition] of Object.entries(strategies)) {
    expect(text).toContain(`\n## ${name}\n`);
    if (describeOptions(definition.options).length > 0)
      text = fill(text, `options: ${name}`, options(definition.options));
  }
  const rows = Object.values(acquisitions).map(
    ({ name, description, needs, source, options: schema }) =>
      `| \`${name}\` | ${description} | ${needs} | ${brief(schema)} | ${source} |`,
  );
  const head = ["| acquisition | chooses | needs | options | source |", "|---|---|---|---|---|"];
  text = fill(text, "acquisitions", [...head, ...rows].join("\n"));
  await expect(text).toMatchFileSnapshot(page);
});

/** Replaces what stands between `<!-- marker -->` and `<!-- end -->`. */
function fill(text: string, marker: string, table: string): string {
  const start = `<!-- ${marker} -->\n`;
  expect(text).toContain(start);
  const from = text.indexOf(start) + start.length;
  return `${text.slice(0, from)}${table}\n${text.slice(text.indexOf("<!-- end -->", from))}`;
}

function options(schema: OptionSchema): string {
  const rows = describeOptions(schema).map(
    (option) => `| \`${option.name}\` | ${option.default} | ${option.description} |`,
  );
  return ["| option | default | meaning |", "|---|---|---|", ...rows].join("\n");
}

function brief(schema: OptionSchema): string {
  const all = describeOptions(schema).map((option) => `\`${option.name}\` (${option.default}): ${option.description}`);
  return all.join("; ") || "none";
}
