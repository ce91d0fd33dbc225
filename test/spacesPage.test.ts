import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseChoiceSpace } from "../src/space/choice/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const page = readFileSync(join(root, "docs/spaces.md"), "utf8");
const files = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]);

describe("docs/spaces.md", () => {
  test("shows files that can be read, with the sizes that it says", () => {
    const sizes = files.map((text) => parseChoiceSpace(text, "docs.yaml").size);
    // block, kernel and width; every key of a parameter; conditions: 3 + 8; two stages.
    expect(sizes).toEqual([4n + 2n * (4n + 4n + 2n), 3n * 4n * 5n * 4n * 4n * 5n * 3n, 11n, 3n + 5n]);
  });

  test("shows the levels that ranges give", () => {
    const { parameters } = parseChoiceSpace(files[1], "docs.yaml").views.parameters!;
    const shown = [...files[1].matchAll(/^ {2}(\w+): .*# ([\d., ]+)(:|$)/gm)];
    expect(shown.map(([, name]) => name)).toEqual(["layers", "rate", "width", "decay", "heads"]);
    for (const [, name, levels] of shown) {
      const parameter = parameters.find((candidate) => candidate.name === name);
      expect(parameter?.levels.join(", ")).toBe(levels.trim());
    }
    expect(parameters.map(({ kind }) => kind)).toEqual(["categorical", ...Array(6).fill("ordinal")]);
  });

  test("quotes messages as they are", () => {
    const tested = readFileSync(join(root, "src/space/choice/mistakes.test.ts"), "utf8").replaceAll('\\"', '"');
    const rows = [...page.matchAll(/^\| [^|]+ \| `(space\.yaml:.*?)` (.*?) \|$/gm)];
    expect(rows.length).toBe(9);
    for (const [, message, hint] of rows) expect(tested).toContain(`${message} | ${hint}`);
  });
});
