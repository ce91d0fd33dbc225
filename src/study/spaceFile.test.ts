import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AssayError } from "../errors.js";
import { loadSpaceFile } from "./spaceFile.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function mistakeOf(path: string): Promise<string> {
  try {
    await loadSpaceFile(path);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return `${error.message} | ${error.hint}`.replaceAll(folder, "FOLDER");
  }
  return "no mistake";
}

it("reads YAML and JSON, with or without a byte order mark", async () => {
  const yaml = await loadSpaceFile(write("mine.yaml", "\ufeffparameters:\n  kernel: [3, 5]\n"));
  expect([yaml.name, yaml.size]).toEqual(["mine", 2n]);
  const json = await loadSpaceFile(write("mine.json", '{"name": "other", "parameters": {"kernel": [3, 5, 7]}}'));
  expect([json.name, json.size]).toEqual(["other", 3n]);
});

it("reads a file that names a built-in space", async () => {
  const space = await loadSpaceFile(write("named.yaml", "# the cells\nspace: nanobench:channels=16,flopsLimit=2e6\n"));
  expect(space.name).toBe("nanobench");
  expect(space.size).toBeLessThan(24_556n);
  const mistakes = [
    ["space: nasbench210\n", 'space: There is no space "nasbench210". | Did you mean "nasbench201"?'],
    ["space: nasbench201:dataset=mnist\n", 'space: Option "dataset" of space nasbench201: expected'],
    ["space: [nasbench201]\n", "space: expected the name of a built-in space, such as nasbench201, got a list."],
    ["space: nasbench201\ncost: 3\n", 'cost: a file that names a built-in space has no key "cost".'],
  ];
  for (const [text, message] of mistakes) {
    const found = await mistakeOf(write("named.yaml", text));
    expect(found.replace(/^FOLDER\/named\.yaml:\d: /, ""), text).toContain(message);
  }
});

it("names the file in every mistake", async () => {
  expect(await mistakeOf(write("wrong.yaml", "parameters:\n  kernel: []\n"))).toBe(
    "FOLDER/wrong.yaml:2: parameters.kernel: is an empty list. | A parameter has at least one level.",
  );
});

it("refuses missing files, folders, large files and what is no text", async () => {
  expect(await mistakeOf(join(folder, "missing.yaml"))).toBe(
    "There is no file FOLDER/missing.yaml. | Give a YAML or JSON file.",
  );
  expect(await mistakeOf(folder)).toBe("FOLDER is a folder. | Give a YAML or JSON file.");
  expect(await mistakeOf("/dev/null")).toBe("/dev/null is not a file. | Give a YAML or JSON file.");
  expect(await mistakeOf(write("large.yaml", " ".repeat(1_000_001)))).toBe(
    "FOLDER/large.yaml: is too large: 1000001 bytes, at most 1000000. | Write long lists of levels as ranges.",
  );
  expect(await mistakeOf(write("binary.yaml", Uint8Array.of(0x50, 0xff, 0xfe, 0)))).toBe(
    "FOLDER/binary.yaml: is not text in UTF-8. | Save it as UTF-8; it must be YAML or JSON.",
  );
});
