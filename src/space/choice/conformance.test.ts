import { describe, it } from "vitest";
import { type SpaceConformanceOptions, spaceConformance } from "../conformance.js";
import { type ChoiceDefinition, createChoiceSpace } from "./index.js";

const conditional: ChoiceDefinition["parameters"] = {
  block: ["convolution", "mixed", "pooling"],
  kernel: { levels: [3, 5, 7], when: { block: ["convolution", "mixed"] } },
  activation: { levels: ["relu", "mish"], when: { kernel: [5, 7] } },
  depth: { range: { from: 1, to: 5 } },
};

/** The text of an architecture ends in a word here: cut short, it is no level, while 1 is what is left of 16. */
const last: ChoiceDefinition["parameters"] = { pooling: ["average", "maximum"] };

const large: ChoiceDefinition["parameters"] = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [`width${i}`, [16, 24, 32, 48]]),
);

const subjects: [string, ChoiceDefinition, SpaceConformanceOptions][] = [
  [
    "independent ordinal and categorical parameters",
    { parameters: { kernel: [3, 5, 7], depth: [1, 2, 3, 4], ...last } },
    { mutantsAreNeighbours: false },
  ],
  ["categorical parameters only", { parameters: { a: ["x", "y", "z"], b: [true, false], ...last } }, {}],
  ["conditions", { parameters: { ...conditional, ...last } }, { mutantsAreNeighbours: false }],
  [
    "conditions, constraints and costs",
    {
      parameters: { ...conditional, ...last },
      constraints: ["depth * kernel <= 15", 'block == "mixed" or depth > 1'],
      cost: { flops: { value: "kernel ^ 2 * depth", unit: "MAC" }, latency: (values) => Object.keys(values).length },
    },
    { mutantsAreNeighbours: false },
  ],
  ["more than can be listed", { parameters: { ...large, ...last } }, { mutantsAreNeighbours: false, samples: 30 }],
  [
    "more than can be listed or counted",
    { parameters: { ...large, ...last }, constraints: ["width0 + width7 + width29 <= 100"] },
    { mutantsAreNeighbours: false, samples: 30 },
  ],
];

describe.each(subjects)("%s", (_, definition, options) => {
  for (const { name, skip, run } of spaceConformance(createChoiceSpace(definition), options))
    if (skip === undefined) it(name, run);
});
