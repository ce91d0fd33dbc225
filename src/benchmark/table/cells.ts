import { createNasBench101 } from "../../space/index.js";
import { createColumn } from "../pack/columns.js";
import type { Table } from "./csv.js";

/** Cells of NAS-Bench-101 as columns of their genes. */
export interface Cells {
  readonly vertices: Int32Array;
  readonly adjacency: Int32Array;
  readonly operations: Int32Array;
}

const vertexLetters = "31M";

/** The adjacency gene of a string of 0 and 1, the upper triangle row by row; undefined for anything else. */
export function adjacencyOf(vertices: number, upperTriangle: string): number | undefined {
  if (upperTriangle.length !== (vertices * (vertices - 1)) / 2) return undefined;
  let bits = 0;
  for (let i = 0; i < upperTriangle.length; i++) {
    const code = upperTriangle.charCodeAt(i);
    if (code === 49) bits |= 1 << i;
    else if (code !== 48) return undefined;
  }
  return bits;
}

/** The operations gene of letters such as `I3M1O`; undefined for anything else. */
export function operationsOf(vertices: number, letters: string): number | undefined {
  if (letters.length !== vertices || letters[0] !== "I" || letters.at(-1) !== "O") return undefined;
  let digits = 0;
  for (let vertex = vertices - 2; vertex >= 1; vertex--) {
    const operation = vertexLetters.indexOf(letters[vertex]);
    if (operation < 0) return undefined;
    digits = digits * 3 + operation;
  }
  return digits;
}

/** The cells of a table with the columns `n_nodes`, `adj_upper` and `ops`, in canonical form. */
export function readCells(table: Table): Cells {
  const cells = createCells(table.rows);
  const nodes = table.numbers("n_nodes");
  const triangles = table.text("adj_upper");
  const letters = table.text("ops");
  // The list of all cells brings a cell into canonical form quicker than canonicalising it does.
  const enumeration = createNasBench101().enumeration!;
  const genes = new Int32Array(3);
  for (let row = 0; row < table.rows; row++) {
    const vertices = nodes[row];
    if (!(vertices >= 2 && vertices <= 7))
      throw table.fault(row, "n_nodes", `expected 2 to 7 vertices, got ${vertices}`);
    const adjacency = adjacencyOf(vertices, triangles[row]);
    if (adjacency === undefined) {
      const wanted = (vertices * (vertices - 1)) / 2;
      throw table.fault(row, "adj_upper", `expected ${wanted} characters 0 or 1, got "${triangles[row]}"`);
    }
    const operations = operationsOf(vertices, letters[row]);
    if (operations === undefined) {
      const what = `expected I, ${vertices - 2} of the letters 3, 1, M, then O, got "${letters[row]}"`;
      throw table.fault(row, "ops", what);
    }
    genes[0] = vertices;
    genes[1] = adjacency;
    genes[2] = operations;
    const index = enumeration.indexOf(genes);
    if (index < 0) throw table.fault(row, "adj_upper", "not a cell of NAS-Bench-101 (no path, or more than 9 edges)");
    enumeration.write(index, genes);
    setCell(cells, row, genes);
  }
  return cells;
}

export function createCells(rows: number): Cells {
  return {
    vertices: createColumn("int32", rows),
    adjacency: createColumn("int32", rows),
    operations: createColumn("int32", rows),
  };
}

export function setCell(cells: Cells, row: number, genes: ArrayLike<number>): void {
  cells.vertices[row] = genes[0];
  cells.adjacency[row] = genes[1];
  cells.operations[row] = genes[2];
}
