import { describe, expect, it } from "vitest";
import { type SpaceConformanceOptions, spaceConformance } from "./conformance.js";
import type { SearchSpace } from "./contract.js";
import {
  createChoiceSpace,
  createNanoBench,
  createNasBench101,
  createNasBench201,
  createTinyNasBench201,
  restrictSpace,
} from "./index.js";

const whole = createNasBench101();
const fewCells = ["2:1:IO", "3:101:I3O", "3:101:I1O", "3:101:IMO", "4:101101:I3MO", "5:1000100101:I3M1O"].map((text) =>
  whole.parse(text),
);

const subjects: [string, SearchSpace, SpaceConformanceOptions][] = [
  ["nasbench201", createNasBench201(), { canonicalCost: "never raises" }],
  ["tiny-nasbench201", createTinyNasBench201(), { canonicalCost: "never raises" }],
  [
    "nasbench101 of small cells",
    restrictSpace(
      createNasBench101({
        cells: {
          vertices: fewCells.map(([vertices]) => vertices),
          adjacency: fewCells.map(([, adjacency]) => adjacency),
          operations: fewCells.map(([, , operations]) => operations),
        },
      }),
      { name: "few", description: "Few cells of few parameters", limits: { params: 5e6 } },
    ),
    { mutantsAreNeighbours: false, symmetricNeighbours: false, samples: 30 },
  ],
  ["nanobench", createNanoBench(), {}],
  [
    "nanobench of small networks under a bound",
    createNanoBench({ channels: 6, inputSize: 8, inputChannels: 1, flopsLimit: 2e5 }),
    {},
  ],
  ["nasbench101", createNasBench101(), { mutantsAreNeighbours: false, symmetricNeighbours: false }],
  [
    "nasbench101 of six cells",
    createNasBench101({
      cells: {
        vertices: fewCells.map(([vertices]) => vertices),
        adjacency: fewCells.map(([, adjacency]) => adjacency),
        operations: fewCells.map(([, , operations]) => operations),
      },
    }),
    { mutantsAreNeighbours: false, symmetricNeighbours: false, samples: 30 },
  ],
  [
    "a listed choice space",
    createChoiceSpace({
      parameters: {
        block: ["conv", "pool"],
        kernel: { levels: [3, 5, 7], when: { block: "conv" } },
        width: { range: { from: 16, to: 64, step: 16 } },
      },
      constraints: ["width <= 48"],
      cost: { flops: { value: "width * 2", unit: "MAC" } },
    }),
    { mutantsAreNeighbours: false, symmetricNeighbours: false },
  ],
  [
    "a choice space of 10^19 architectures",
    createChoiceSpace({
      parameters: Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`p${i}`, { range: { from: 1, to: 10 } }])),
    }),
    { mutantsAreNeighbours: false },
  ],
];

describe.each(subjects)("%s", (_, space, options) => {
  for (const { name, skip, run } of spaceConformance(space, options)) if (skip === undefined) it(name, run);
});

describe("the suite itself", () => {
  const space = createNasBench201();
  const enumeration = space.enumeration!;
  const failures = (changed: Partial<SearchSpace>): string[] =>
    spaceConformance({ ...space, ...changed }, { canonicalCost: "never raises", samples: 20 })
      .filter(({ skip, run }) => {
        if (skip !== undefined) return false;
        try {
          run();
          return false;
        } catch {
          return true;
        }
      })
      .map(({ name }) => name);

  it("passes a right space", () => {
    expect(failures({})).toEqual([]);
  });

  it.each<[string, Partial<SearchSpace>, string]>([
    ["a wrong size", { size: 7n }, "has a name, a description and a size"],
    ["a biased sample", { sample: (g) => space.parse(space.format(at(g.integer(15_000)))) }, "samples uniformly"],
    ["a lossy text", { format: () => space.format(at(0)) }, "prints architectures so that they are read again"],
    ["a lenient parser", { parse: () => at(0) }, "refuses nonsense with an AssayError"],
    [
      "an idle mutation",
      { mutate: (a) => a.slice() },
      "mutates into a different member, depending on the generator only",
    ],
    [
      "a neighbour twice",
      { neighbours: (a) => [...space.neighbours(a), space.neighbours(a)[0]] },
      "lists neighbours once each, in a fixed order",
    ],
    ["no way back", { neighbours: (a) => (a[0] === 1 ? [] : space.neighbours(a)) }, "has symmetric neighbours"],
    [
      "a canonical form that wanders",
      { canonical: (a) => Int32Array.from(a, (gene) => (gene + 1) % 5) },
      "canonicalises once and for all",
    ],
    ["a distinct form that wanders", { distinct: (a) => a.slice() }, "merges in distinct whatever canonical merges"],
    [
      "a write outside",
      {
        views: {
          ...space.views,
          cost: {
            metrics: space.views.cost!.metrics,
            write: (_, values) => new Float64Array(values.buffer).fill(1),
          },
        },
      },
      "writes costs inside the buffer",
    ],
    [
      "an index that is off",
      { enumeration: { ...enumeration, indexOf: (a) => (enumeration.indexOf(a) + 1) % 15_625 } },
      "numbers the architectures it lists",
    ],
  ])("catches %s", (_, changed, expected) => {
    expect(failures(changed)).toContain(expected);
  });

  function at(index: number): Int32Array {
    const architecture = new Int32Array(space.genes);
    enumeration.write(index, architecture);
    return architecture;
  }
});
