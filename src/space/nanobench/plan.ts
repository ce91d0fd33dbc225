import type { Architecture } from "../contract.js";
import { createNanoCell, type NanoCell, type NanoOperation, OPERATIONS } from "./cell.js";
import { loadGenes } from "./genes.js";
import type { NanoNetworkOptions } from "./options.js";

/** Where a node reads: all channels of an earlier node, or one half of a split. */
export interface NanoInput {
  /** Position in `NanoCellPlan.nodes`. */
  readonly node: number;
  /**
   * Only where that node is a split of c channels: half 0 is its first ceil(c/2) channels, half 1 its last ceil(c/2). Both
   * halves of an odd number share the channel in the middle, so that they are alike.
   */
  readonly half?: 0 | 1;
}

/**
 * One node of a cell. Its inputs are concatenated in their order, then the operation works on `inputChannels` channels;
 * images keep their size. All convolutions are without bias and followed by batch normalisation; "activated" means ReLU
 * after that.
 *
 * - `input`, `none`: hands on what it gets.
 * - `dwconv3x3`: depthwise 3x3 convolution, padding 1, activated.
 * - `conv1x1`: convolution to as many channels as it gets, activated.
 * - `atten`: squeeze-and-excitation: the mean of each channel, a dense layer to `hiddenChannels` with ReLU, a dense layer
 *   back with sigmoid (both with bias); each channel times its number.
 * - `expand`: three times the input plus an activated depthwise 3x3 convolution of it; the three are concatenated.
 * - `split`: hands on its input, whose halves its two successors read.
 * - `output`: a 1x1 convolution to the width of the cell where the channels differ, not activated; then the input of the
 *   cell is added where that has the same width.
 */
export interface NanoNodePlan {
  readonly operation: NanoOperation;
  readonly inputs: readonly NanoInput[];
  /** Channels of all inputs together; of the input node: those of the cell. */
  readonly inputChannels: number;
  /** Channels of the result; of a split before it is halved. */
  readonly outputChannels: number;
  /** Width of the bottleneck of `atten`: a quarter of its channels, rounded up. */
  readonly hiddenChannels?: number;
}

/** A cell as a builder of networks reads it. */
export interface NanoCellPlan {
  /** In topological order: the input first, the output last. */
  readonly nodes: readonly NanoNodePlan[];
  /** Channels that come in, and that go out. */
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Whether the output needs a 1x1 convolution to `outputChannels`. */
  readonly projects: boolean;
  /** Whether the input of the cell is added to its output. */
  readonly isResidual: boolean;
}

/** Cells at one resolution. Cells of equal widths share one plan. */
export interface NanoStagePlan {
  /** Height and width of the images, in pixels. */
  readonly side: number;
  readonly cells: readonly NanoCellPlan[];
}

/**
 * The whole network: a 3x3 convolution (activated), the stages with 2x2 average pooling of stride 2 between them, global
 * average pooling, a dense classifier with bias.
 */
export interface NanoNetworkPlan {
  readonly stem: { readonly inputChannels: number; readonly outputChannels: number; readonly side: number };
  readonly stages: readonly NanoStagePlan[];
  readonly classifier: { readonly inputChannels: number; readonly classes: number };
}

/**
 * What a builder of networks needs to know of a cell. FLOPs and params are counted from the same plan.
 *
 * @param architecture genes of `createNanoBench`, or the text form read by it
 * @param inputChannels channels of the images that come in, at least 1
 * @param outputChannels channels of the images that go out: the width of the stage
 * @example
 * planNanoCell(space.parse("expand~0|output~1"), 128, 128).nodes[1].outputChannels; // 384
 */
export function planNanoCell(architecture: Architecture, inputChannels: number, outputChannels: number): NanoCellPlan {
  loadGenes(architecture, scratch);
  return planCell(scratch, inputChannels, outputChannels);
}

/**
 * The network of a cell: `stages` stages of `cellsPerStage` cells, `channels` wide and twice as wide after each stage.
 *
 * @example
 * const { stages } = planNanoNetwork(space.parse("dwconv3x3~0|output~1"), nanoNetworkOptions({ channels: 16 }));
 */
export function planNanoNetwork(architecture: Architecture, options: NanoNetworkOptions): NanoNetworkPlan {
  const { channels, cellsPerStage, stages: stageCount, inputSize, inputChannels, classes } = options;
  loadGenes(architecture, scratch);
  const stages: NanoStagePlan[] = [];
  let before = channels;
  for (let stage = 0; stage < stageCount; stage++) {
    const width = channels * 2 ** stage;
    const inner = planCell(scratch, width, width);
    const first = before === width ? inner : planCell(scratch, before, width);
    const cells = Array.from({ length: cellsPerStage }, (_, cell) => (cell === 0 ? first : inner));
    stages.push({ side: inputSize >> stage, cells });
    before = width;
  }
  return {
    stem: { inputChannels, outputChannels: channels, side: inputSize },
    stages,
    classifier: { inputChannels: before, classes },
  };
}

const scratch = createNanoCell();

function planCell(cell: NanoCell, inputChannels: number, outputChannels: number): NanoCellPlan {
  const { vertices, successors } = cell;
  const nodes: NanoNodePlan[] = [];
  // How many successors of a split have taken their half.
  const halves = new Array<number>(vertices).fill(0);
  for (let node = 0; node < vertices; node++) {
    const inputs: NanoInput[] = [];
    let width = node === 0 ? inputChannels : 0;
    for (let source = 0; source < node; source++) {
      if (((successors[source] >>> node) & 1) === 0) continue;
      const { operation, outputChannels: given } = nodes[source];
      if (operation === "split") inputs.push({ node: source, half: halves[source]++ === 0 ? 0 : 1 });
      else inputs.push({ node: source });
      width += operation === "split" ? Math.ceil(given / 2) : given;
    }
    nodes.push(planNode(operationOf(cell, node), inputs, width, outputChannels));
  }
  const projects = nodes[vertices - 1].inputChannels !== outputChannels;
  return { nodes, inputChannels, outputChannels, projects, isResidual: inputChannels === outputChannels };
}

function operationOf({ vertices, operations }: NanoCell, node: number): NanoOperation {
  if (node === 0) return "input";
  return node === vertices - 1 ? "output" : OPERATIONS[operations[node]];
}

function planNode(
  operation: NanoOperation,
  inputs: readonly NanoInput[],
  channels: number,
  cellChannels: number,
): NanoNodePlan {
  if (operation === "atten") {
    const hiddenChannels = Math.ceil(channels / 4);
    return { operation, inputs, inputChannels: channels, outputChannels: channels, hiddenChannels };
  }
  let outputChannels = channels;
  if (operation === "expand") outputChannels = 3 * channels;
  else if (operation === "output") outputChannels = cellChannels;
  return { operation, inputs, inputChannels: channels, outputChannels };
}
