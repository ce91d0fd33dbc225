import type { Architecture } from "../contract.js";
import { CELLS, EDGES, OPERATIONS } from "./cell.js";
import { PythonRandom } from "./mersenneTwister.js";

/**
 * The order of the official table. Its author listed all cells (operation of the first edge slowest, of the last edge
 * fastest) and shuffled the list with Python's generator under seed 88, so the order is computed here, not stored.
 */
interface OfficialOrder {
  readonly codeOfIndex: Uint16Array;
  readonly indexOfCode: Uint16Array;
}

const SEED = 88;

let order: OfficialOrder | undefined;

function officialOrder(): OfficialOrder {
  if (order === undefined) {
    const codeOfIndex = Uint16Array.from({ length: CELLS }, (_, code) => code);
    new PythonRandom(SEED).shuffle(codeOfIndex);
    const indexOfCode = new Uint16Array(CELLS);
    for (let index = 0; index < CELLS; index++) indexOfCode[codeOfIndex[index]] = index;
    order = { codeOfIndex, indexOfCode };
  }
  return order;
}

/** Writes the genes of the cell with this index of the official table. */
export function writeCell(index: number, architecture: Architecture): void {
  let code = officialOrder().codeOfIndex[index];
  for (let edge = EDGES.length - 1; edge >= 0; edge--) {
    architecture[edge] = code % OPERATIONS.length;
    code = (code - architecture[edge]) / OPERATIONS.length;
  }
}

/** The index of a cell in the official table, -1 where a gene is no operation. */
export function indexOfCell(architecture: Architecture): number {
  let code = 0;
  for (let edge = 0; edge < EDGES.length; edge++) {
    const operation = architecture[edge];
    if (!(operation >= 0 && operation < OPERATIONS.length)) return -1;
    code = code * OPERATIONS.length + operation;
  }
  return officialOrder().indexOfCode[code];
}
