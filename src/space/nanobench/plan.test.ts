import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../../random/index.js";
import { adjacencyNumber } from "../vertexOrders.js";
import { operationsNumber } from "./cell.js";
import {
  costOfNanoNetwork,
  createNanoBench,
  type NanoCellPlan,
  nanoNetworkOptions,
  planNanoCell,
  planNanoNetwork,
} from "./index.js";
import { parseNanoCell } from "./text.js";

const space = createNanoBench();
const plan = (text: string, inputChannels: number, width: number): NanoCellPlan =>
  planNanoCell(space.parse(text), inputChannels, width);

describe("the plan of a cell", () => {
  it("says what each node reads and how wide it is", () => {
    const { nodes, projects, isResidual } = plan("split~0|dwconv3x3~1|expand~1|atten~2,3|output~4", 16, 16);
    expect(
      nodes.map(({ operation, inputChannels, outputChannels }) => [operation, inputChannels, outputChannels]),
    ).toEqual([
      ["input", 16, 16],
      ["split", 16, 16],
      ["dwconv3x3", 8, 8],
      ["expand", 8, 24],
      ["atten", 32, 32],
      ["output", 32, 16],
    ]);
    expect(nodes.map(({ inputs }) => inputs)).toEqual([
      [],
      [{ node: 0 }],
      [{ node: 1, half: 0 }],
      [{ node: 1, half: 1 }],
      [{ node: 2 }, { node: 3 }],
      [{ node: 4 }],
    ]);
    expect(nodes[4].hiddenChannels).toBe(8);
    expect([projects, isResidual]).toEqual([true, true]);
  });

  it("projects where channels differ, and adds the input where the cell keeps its width", () => {
    const facts = ({ projects, isResidual }: NanoCellPlan): boolean[] => [projects, isResidual];
    expect(facts(plan("dwconv3x3~0|output~1", 16, 16))).toEqual([false, true]);
    expect(facts(plan("dwconv3x3~0|output~1", 16, 32))).toEqual([true, false]);
    // Twice the channels without a convolution.
    expect(facts(plan("split~0|expand~1|split~1,2|atten~3|output~3,4", 16, 32))).toEqual([false, false]);
  });

  it("gives both halves of an odd number of channels the one in the middle", () => {
    const { nodes } = plan("split~0|dwconv3x3~1|none~1|output~2,3", 5, 5);
    expect(nodes.map(({ outputChannels }) => outputChannels)).toEqual([5, 5, 3, 3, 5]);
    expect(nodes[4].inputChannels).toBe(6);
    expect(
      Math.min(
        ...plan("split~0|split~1|split~2|split~3|none~4|output~1,2,3,4,5", 1, 1).nodes.map((n) => n.inputChannels),
      ),
    ).toBe(1);
  });

  it("never loses or doubles a half", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, width) => {
        const { nodes } = planNanoCell(space.sample(createGenerator(seed)), width, width);
        const reads = nodes.flatMap(({ inputs }) => inputs);
        nodes.forEach(({ operation, inputs, inputChannels }, node) => {
          const own = reads.filter((read) => read.node === node).map(({ half }) => half);
          if (operation === "split") expect(own).toEqual([0, 1]);
          else expect(own).toEqual(operation === "output" ? [] : [undefined]);
          const width = inputs.reduce((sum, { node: source, half }) => {
            const given = nodes[source].outputChannels;
            return sum + (half === undefined ? given : Math.ceil(given / 2));
          }, 0);
          if (node > 0) expect(inputChannels).toBe(width);
        });
      }),
    );
  });
});

describe("the plan of a network", () => {
  const network = nanoNetworkOptions();

  it("has three stages of three cells, 128, 256 and 512 wide", () => {
    const { stem, stages, classifier } = planNanoNetwork(space.parse("output~0"), network);
    expect(stem).toEqual({ inputChannels: 3, outputChannels: 128, side: 32 });
    expect(stages.map(({ side }) => side)).toEqual([32, 16, 8]);
    expect(stages.map(({ cells }) => cells.map((cell) => [cell.inputChannels, cell.outputChannels]))).toEqual([
      [
        [128, 128],
        [128, 128],
        [128, 128],
      ],
      [
        [128, 256],
        [256, 256],
        [256, 256],
      ],
      [
        [256, 512],
        [512, 512],
        [512, 512],
      ],
    ]);
    expect(classifier).toEqual({ inputChannels: 512, classes: 10 });
  });

  it("costs what its parts cost", () => {
    const stem = 27 * 128 * 1024;
    const projections = 128 * 256 * 256 + 256 * 512 * 64;
    const head = 513 * 10;
    const cost = (text: string) => costOfNanoNetwork(planNanoNetwork(space.parse(text), network));
    const bare = cost("output~0");
    expect(bare).toEqual({
      flops: stem + projections + head,
      params: 27 * 128 + 256 + 128 * 256 + 512 + 256 * 512 + 1024 + head,
    });
    // Channels of all nine cells where they come in: 4 x 128, 3 x 256, 2 x 512, by the side of their images.
    const positions = 3 * 128 * 1024 + (128 + 2 * 256) * 256 + (256 + 2 * 512) * 64;
    const channels = 3 * 128 + (128 + 2 * 256) + (256 + 2 * 512);
    const depthwise = cost("dwconv3x3~0|output~1");
    expect(depthwise.flops - bare.flops).toBe(9 * positions);
    expect(depthwise.params - bare.params).toBe(11 * channels);
    const squares = [128, 128, 128, 128, 256, 256, 256, 512, 512];
    const dense = (width: number): number => (width + 1) * (width / 4) + (width / 4 + 1) * width;
    const attention = cost("atten~0|output~1");
    expect(attention.params - bare.params).toBe(squares.reduce((sum, width) => sum + dense(width), 0));
    expect(attention.flops - bare.flops).toBe(attention.params - bare.params);
    const convolution = cost("conv1x1~0|output~1");
    expect(convolution.params - bare.params).toBe(squares.reduce((sum, width) => sum + width * width + 2 * width, 0));
    expect(cost("none~0|output~1")).toEqual(bare);
    expect(cost("split~0|none~1|output~1,2")).toEqual(bare);
  });

  it("has 4,987 cells of at most 35 MFLOPs, 1,596 of them different in function", () => {
    const small = createNanoBench({ flopsLimit: 35e6 });
    expect(small.size).toBe(4987n);
    const canonical = new Set<string>();
    const cell = new Int32Array(small.genes);
    for (let index = 0; index < 4987; index++) {
      small.enumeration!.write(index, cell);
      canonical.add(small.canonical(cell).join());
    }
    expect(canonical.size).toBe(1596);
    expect(createNanoBench({ flopsLimit: 50e6 }).size).toBe(4987n + 273n);
    const widest = space.parse("expand~0|expand~1|expand~2|expand~3|conv1x1~4|output~5");
    expect(costOfNanoNetwork(planNanoNetwork(widest, network)).flops).toBe(837_130_130_442);
  });

  it("costs the same in every order of the nodes, also where halves are those of an odd number", () => {
    const odd = nanoNetworkOptions({ channels: 7, cellsPerStage: 2, stages: 2, inputSize: 8, inputChannels: 1 });
    const orders = ["split~0|dwconv3x3~1|expand~1|output~2,3", "split~0|expand~1|dwconv3x3~1|output~2,3"].map(
      (text) => {
        const cell = parseNanoCell(text);
        return Int32Array.of(cell.vertices, adjacencyNumber(cell), operationsNumber(cell));
      },
    );
    const costs = orders.map((genes) => costOfNanoNetwork(planNanoNetwork(genes, odd)));
    expect(orders[0]).not.toEqual(orders[1]);
    expect(costs[0]).toEqual(costs[1]);
  });
});
