import { describe, expect, test } from "vitest";
import { cells, fillStudy } from "../../test/sampleStudy.js";
import { createCatalogue } from "../space/catalogue.js";
import { createChoiceSpace, createNasBench201 } from "../space/index.js";
import { createMemoryStorage } from "../study/index.js";
import { readEvaluationsCsv } from "./earlierEvaluations.js";
import { exportCsv } from "./export/index.js";

const catalogue = createCatalogue(createNasBench201());
const idOf = (text: string): number => catalogue.idOf(catalogue.space.parse(text));
const read = (text: string) => readEvaluationsCsv(text, "earlier.csv", catalogue);

test("reads architectures and labels, in whatever order the columns stand, and leaves failures out", () => {
  const text = `\uFEFFnote,Label,architecture\n"a, b",71.5,${cells[0]}\r\n,,${cells[1]}\n\n,NaN,${cells[1]}\n"two\nlines",-1e-1,${cells[2]}`;
  expect(read(text)).toEqual([
    { architecture: idOf(cells[0]), label: 71.5 },
    { architecture: idOf(cells[2]), label: -0.1 },
  ]);
  expect(read("architecture,label\n")).toEqual([]);
});

test("several evaluations of an architecture give their mean", () => {
  expect(read(`architecture,label\n${cells[0]},70\n${cells[1]},60\n${cells[0]},71\n`)).toEqual([
    { architecture: idOf(cells[0]), label: 70.5 },
    { architecture: idOf(cells[1]), label: 60 },
  ]);
});

test("reads what export-trials wrote", () => {
  const storage = createMemoryStorage();
  const writer = fillStudy(storage, "first");
  // Of another space.
  writer.end(5, { result: { label: Number.NaN, failure: "x" }, seconds: 0 });
  expect(read([...exportCsv(storage, "first")].join(""))).toEqual([
    { architecture: idOf(cells[0]), label: 71.25 },
    { architecture: idOf(cells[1]), label: -0.5 },
    { architecture: idOf(cells[3]), label: 93.5 },
  ]);
});

test("architectures with commas stand in quotes", () => {
  const own = createCatalogue(createChoiceSpace({ parameters: { kernel: [3, 5], depth: [1, 2] } }));
  const text = 'architecture,label\n"kernel=5,depth=2",1\n';
  expect(readEvaluationsCsv(text, "own.csv", own)).toEqual([
    { architecture: own.idOf(own.space.parse("kernel=5,depth=2")), label: 1 },
  ]);
});

describe("what is wrong is told with its place", () => {
  test.each([
    ["", "earlier.csv is empty."],
    ["architecture,accuracy\n", 'earlier.csv has no column "label".'],
    ["cell,label\n", 'earlier.csv has no column "architecture".'],
    [`architecture,label\n${cells[0]},1\n${cells[0]},fast\n`, 'line 3, column "label": expected a number, got "fast"'],
    [`architecture,label\n${cells[0]},Infinity\n`, 'line 2, column "label": expected a number'],
    [`architecture,label,note\n${cells[0]},1,"a\nb"\n|x~0|,1,\n`, 'line 4, column "architecture": "|x~0|" is no archi'],
    [`architecture,label,note\n${cells[0]},x,"a\nb"\n`, 'line 2, column "label"'],
    ["architecture,label\nkernel=5,depth=2,1\n", "line 2: 3 fields where the first line has 2"],
    [`architecture,label\n"${cells[0]},1\n`, "a quote is not closed"],
    [`architecture,label\n"${cells[0]}"x,1\n`, "earlier.csv, line 2: something follows a closing quote"],
    [`architecture,label\n${"x".repeat(1_100_000)},1\n`, "a row is longer than 1,000,000 characters"],
  ])("%j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
