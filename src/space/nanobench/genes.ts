import { AssayError } from "../../errors.js";
import type { Architecture } from "../contract.js";
import { writeAdjacencyNumber } from "../vertexOrders.js";
import { areInRange, faultOf, type NanoCell, writeOperationsNumber } from "./cell.js";

/** Takes genes apart; false where they are no valid cell. */
export function tryLoadGenes(architecture: Architecture, cell: NanoCell): boolean {
  if (!areInRange(architecture)) return false;
  const [vertices, adjacency, operations] = architecture;
  cell.vertices = vertices;
  writeAdjacencyNumber(adjacency, vertices, cell.successors);
  writeOperationsNumber(operations, vertices, cell.operations);
  return faultOf(cell) === undefined;
}

/** Takes genes apart. Throws AssayError where they are no valid cell. */
export function loadGenes(architecture: Architecture, cell: NanoCell): void {
  if (tryLoadGenes(architecture, cell)) return;
  throw new AssayError("bad-architecture", `The genes ${architecture.join(", ")} are no cell of nanobench.`);
}
