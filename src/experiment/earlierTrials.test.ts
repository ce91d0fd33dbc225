import { expect, test } from "vitest";
import { createCatalogue } from "../space/catalogue.js";
import { createNasBench201 } from "../space/index.js";
import { readEarlierTrials } from "./earlierTrials.js";

const catalogue = createCatalogue(createNasBench201());
const architecture = catalogue.space.format(catalogue.at(4711));
const expected = { benchmark: "table", packChecksum: "abc", label: "noisy(0.14)", seed: 1 };

function written(changes: Record<string, unknown> = {}): string {
  const trial = { number: 0, architecture, label: 93.1, metrics: { test: 93 }, seconds: 0.1 };
  return JSON.stringify({
    ...{ schema: 1, kind: "search", version: "1.0.0", space: catalogue.space.name, ...expected },
    ...{ strategy: "random", spec: "random", options: {}, labelDescription: "", curveRules: {}, budget: 1, batch: 1 },
    ...{ queries: 1, failures: 0, ended: "budget", seconds: 1, trials: [trial] },
    ...changes,
  });
}

test("gives the evaluations of a file, without those that failed", () => {
  const trial = { number: 0, architecture, label: 93.1, metrics: { test: 93 }, seconds: 0.1 };
  const text = written({ trials: [trial, { ...trial, number: 1, label: null, failure: "no GPU" }] });
  expect(readEarlierTrials(text, "search.json", catalogue, expected)).toEqual([{ architecture: 4711, label: 93.1 }]);
  const wrong = written({ trials: [{ ...trial, explanation: { reason: "hope" } }] });
  expect(() => readEarlierTrials(wrong, "search.json", catalogue, expected)).toThrow(/trials\.0\.explanation\.reason/);
});

test("refuses labels that the new search would not see, and what is no search", () => {
  const cases: [text: string, reason: RegExp][] = [
    [written({ benchmark: "other" }), /search\.json has labels of other \(noisy/],
    [written({ label: "mean" }), /has labels of table \(mean\)/],
    [written({ packChecksum: "def" }), /another version of table/],
    [written({ seed: 2 }), /drawn with seed 2 .* with seed 1/],
    [written({ space: "nasbench101" }), /a search of nasbench101/],
    [
      written({ trials: [{ number: 0, architecture: "x", label: 1, metrics: {}, seconds: 0 }] }),
      /search\.json is not a/,
    ],
    [written({ trials: 3 }), /not a search that assay wrote: trials/],
    ["{", /not a search that assay wrote/],
  ];
  for (const [text, reason] of cases)
    expect(() => readEarlierTrials(text, "search.json", catalogue, expected)).toThrow(reason);
});

test("labels that no seed decides may be taken over by a search with another seed", () => {
  const text = written({ label: "mean", seed: 2 });
  expect(readEarlierTrials(text, "search.json", catalogue, { ...expected, label: "mean" })).toHaveLength(1);
});
