import { z } from "zod";
import { defineOptions, readOptions } from "../../options.js";
import type { Architecture, ParameterView, SearchSpace } from "../contract.js";
import type { SpaceDefinition } from "../definition.js";
import { CELLS, EDGES, OPERATIONS } from "./cell.js";
import { createCostView, DATASETS, type Dataset } from "./cost.js";
import { graphView } from "./graph.js";
import { functionRepresentativeOf, representativeOf } from "./isomorphism.js";
import { networkView } from "./network.js";
import { indexOfCell, writeCell } from "./order.js";
import { formatCell, parseCell } from "./text.js";

const DESCRIPTION = "NAS-Bench-201 / NATS-Bench topology: 4 nodes, 5 operations on each of 6 edges, 15,625 cells";

const options = defineOptions({
  dataset: z.enum(DATASETS).default("cifar10").describe("Data set of the network whose FLOPs and params are counted"),
});

/** Options of `createNasBench201`. */
export interface NasBench201Options {
  /** Data set of the network whose FLOPs and params are counted; "cifar10" by default. */
  readonly dataset?: Dataset;
}

/**
 * NAS-Bench-201, the topology space of NATS-Bench (Dong and Yang, ICLR 2020): cells of 4 nodes with one of 5 operations on
 * each of the 6 edges, 15,625 in the order of the official table. Genes are the operations in the order of the string.
 *
 * `canonical` merges the isomorphic cells that the paper counts (6,466 topologies remain) and returns the one with the
 * fewest costly operations, so canonical cells may cost less than the cell they stand for, never more. `distinct` merges
 * all cells that compute the same function (4,930 remain).
 *
 * @example
 * const space = createNasBench201({ dataset: "cifar100" });
 * space.format(space.sample(createGenerator(1)));
 */
export function createNasBench201(given: NasBench201Options = {}): SearchSpace {
  const { dataset } = readOptions("space nasbench201", options, { ...given });
  return {
    name: "nasbench201",
    description: DESCRIPTION,
    size: BigInt(CELLS),
    genes: EDGES.length,
    views: { parameters: parameterView, graph: graphView, network: networkView, cost: createCostView(dataset) },
    enumeration: { size: CELLS, write: writeCell, indexOf: indexOfCell },
    sample: (generator) => cellAt(generator.integer(CELLS)),
    mutate(architecture, generator) {
      const mutant = architecture.slice();
      const edge = generator.integer(EDGES.length);
      mutant[edge] = (mutant[edge] + 1 + generator.integer(OPERATIONS.length - 1)) % OPERATIONS.length;
      return mutant;
    },
    neighbours,
    canonical: (architecture) => cellAt(representativeOf(architecture)),
    distinct: (architecture) => cellAt(functionRepresentativeOf(architecture)),
    format: formatCell,
    parse: parseCell,
  };
}

/** The entry of the registry of spaces. */
export const nasbench201Definition: SpaceDefinition = {
  name: "nasbench201",
  description: DESCRIPTION,
  source: "Dong and Yang, NAS-Bench-201, ICLR 2020",
  options,
  create: (values) => createNasBench201(values as NasBench201Options),
};

function cellAt(index: number): Architecture {
  const architecture = new Int32Array(EDGES.length);
  writeCell(index, architecture);
  return architecture;
}

function neighbours(architecture: Architecture): Architecture[] {
  const found: Architecture[] = [];
  for (let edge = 0; edge < EDGES.length; edge++) {
    for (let operation = 0; operation < OPERATIONS.length; operation++) {
      if (operation === architecture[edge]) continue;
      const neighbour = architecture.slice();
      neighbour[edge] = operation;
      found.push(neighbour);
    }
  }
  return found;
}

const parameterView: ParameterView = {
  parameters: EDGES.map(([from, to]) => ({ name: `${from}->${to}`, kind: "categorical", levels: OPERATIONS })),
  write: (architecture, levels) => levels.set(architecture),
};
