import type { Architecture, SearchSpace } from "../contract.js";
import type { SpaceDefinition } from "../definition.js";
import { restrictSpace } from "../restricted.js";
import { canonicaliseNanoCell, withoutNone } from "./canonical.js";
import { areInRange, CELLS, createNanoCell, GENES, keyOf, writeGenes } from "./cell.js";
import { createCostView } from "./cost.js";
import { keysOfNeighbours } from "./edits.js";
import { enumerateNanoCells } from "./enumerate.js";
import { loadGenes, tryLoadGenes } from "./genes.js";
import { graphView } from "./graph.js";
import { type NanoBenchOptions, nanoBenchOptions, nanoBenchSchema } from "./options.js";
import { formatNanoCell, parseNanoCell } from "./text.js";

const DESCRIPTION =
  "Tiny-NanoBench, re-created from its grammar: cells of up to 7 nodes, 24,556 different ones; not the published table";

/**
 * Tiny-NanoBench of Siamese-NAS, **re-created**: its table and code of cells are not public, so the space is rebuilt from
 * the published grammar, and what that leaves open is read as follows.
 *
 * - A cell has 2 to 7 nodes, `input` and `output` among them. Every node lies on a path from input to output, and no edge
 *   is double, so a split feeds two different nodes.
 * - `none` hands on what it gets. It is a node like others, as in the NAS-Bench-201 graph of the same paper. It computes
 *   nothing, so `canonical` takes it out, and with it the splits whose halves meet again at once: 11,369 cells remain. Where
 *   `channels` is no multiple of 16, such a split may have an odd number of channels, whose halves overlap; it stays, and
 *   12,604 cells remain.
 * - Two cells are the same where their graphs with operations are isomorphic. The halves of a split are alike, and so are
 *   the places in a concatenation. 24,556 cells are different.
 * - Every operation keeps the number of channels, but `expand` triples it and a half of a split has half of it.
 * - `atten` is squeeze-and-excitation with a quarter of the channels; the three convolutions of `expand` stand side by side.
 * - "1x1 convolution to the width if needed" and "residual when the widths match" speak of the whole cell; `plan.ts` says it
 *   exactly, and costs are counted from that plan.
 *
 * Genes are [nodes, adjacency number, operations number]: the edge (i, j) is bit i + j(j-1)/2; the operations are digits of
 * base 6 in the order of `OPERATIONS`, node 1 the most significant. Architectures are in canonical order (the smallest
 * adjacency number, then the smallest operations number), and so is the enumeration; `enumeration.indexOf` and `parse` also take
 * other orders. With `flopsLimit`, only cells whose network keeps within it belong to the space.
 *
 * @example
 * const space = createNanoBench({ channels: 16, inputSize: 8, inputChannels: 1, flopsLimit: 1e6 });
 * space.parse("split~0|dwconv3x3~1|conv1x1~1|output~2,3");
 */
export function createNanoBench(given: NanoBenchOptions = {}): SearchSpace {
  const { flopsLimit, ...network } = nanoBenchOptions(given);
  // At most four splits follow each other, so that each halves a multiple of an eighth of the width.
  const halvesAreExact = network.channels % 16 === 0;
  const space: SearchSpace = {
    name: "nanobench",
    description: DESCRIPTION,
    size: BigInt(CELLS),
    genes: GENES,
    views: { graph: graphView, cost: createCostView(network) },
    enumeration: {
      size: CELLS,
      write: (index, architecture) => writeGenes(allKeys()[index], architecture),
      indexOf(architecture) {
        if (!areInRange(architecture)) return -1;
        const index = findKey(keyOf(architecture[0], architecture[1], architecture[2]));
        return index >= 0 || !tryLoadGenes(architecture, scratch) ? index : findKey(canonicaliseNanoCell(scratch));
      },
    },
    sample: (generator) => fromKey(allKeys()[generator.integer(CELLS)]),
    mutate(architecture, generator) {
      const keys = neighbourKeys(architecture);
      return fromKey(keys[generator.integer(keys.length)]);
    },
    neighbours: (architecture) => neighbourKeys(architecture).map(fromKey),
    canonical(architecture) {
      loadGenes(architecture, scratch);
      withoutNone(scratch, halvesAreExact);
      return fromKey(canonicaliseNanoCell(scratch));
    },
    format(architecture) {
      loadGenes(architecture, scratch);
      return formatNanoCell(scratch);
    },
    parse: (text) => fromKey(canonicaliseNanoCell(parseNanoCell(text))),
  };
  if (flopsLimit === 0) return space;
  return restrictSpace(space, { name: "nanobench", description: DESCRIPTION, limits: { flops: flopsLimit } });
}

/** The entry of the registry of spaces. */
export const nanobenchDefinition: SpaceDefinition = {
  name: "nanobench",
  description: DESCRIPTION,
  source: "re-created from the grammar of Siamese-NAS (Tiny-NanoBench); the original table is not public",
  options: nanoBenchSchema,
  create: (values) => createNanoBench(values as NanoBenchOptions),
};

/** One cell for all that happens between two calls from outside. */
const scratch = createNanoCell();

let keys: Float64Array | undefined;
function allKeys(): Float64Array {
  keys ??= enumerateNanoCells();
  return keys;
}

/** The place of a key among all, -1 where it has none. */
function findKey(key: number): number {
  const all = allKeys();
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (all[middle] === key) return middle;
    if (all[middle] < key) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function fromKey(key: number): Architecture {
  const architecture = new Int32Array(GENES);
  writeGenes(key, architecture);
  return architecture;
}

function neighbourKeys(architecture: Architecture): number[] {
  loadGenes(architecture, scratch);
  return keysOfNeighbours(scratch);
}
