import { AssayError, suggestName } from "../../errors.js";
import type { Architecture } from "../contract.js";
import { EDGES, NODES, OPERATIONS } from "./cell.js";

/** Cells that are written like those of NAS-Bench-201, subsets of that space included. */
const edgeCell = /^\|\w+~0\|\+\|\w+~0\|\w+~1\|\+\|\w+~0\|\w+~1\|\w+~2\|$/;

/** Whether a text is written like a cell of this space; its operations may still be others. */
export function isEdgeCell(text: string): boolean {
  return edgeCell.test(text);
}

/** The official string: `|op~0|+|op~0|op~1|+|op~0|op~1|op~2|`. */
export function formatCell(architecture: Architecture): string {
  const nodes: string[] = [];
  for (let node = 1; node < NODES; node++) {
    let text = "|";
    for (let edge = 0; edge < EDGES.length; edge++) {
      if (EDGES[edge][1] === node) text += `${OPERATIONS[architecture[edge]]}~${EDGES[edge][0]}|`;
    }
    nodes.push(text);
  }
  return nodes.join("+");
}

/** Reads the official string. Throws AssayError that names the node and the edge. */
export function parseCell(text: string): Architecture {
  const nodes = text.trim().split("+");
  if (nodes.length !== NODES - 1) {
    throw malformed(text, `expected ${NODES - 1} nodes joined by "+", found ${nodes.length}`);
  }
  const architecture = new Int32Array(EDGES.length);
  let edge = 0;
  nodes.forEach((node, position) => {
    if (node.length < 2 || !node.startsWith("|") || !node.endsWith("|")) {
      throw malformed(text, `node ${position + 1} must stand between "|" and "|"`);
    }
    const inputs = node.slice(1, -1).split("|");
    if (inputs.length !== position + 1) {
      throw malformed(text, `node ${position + 1} must have ${position + 1} inputs, found ${inputs.length}`);
    }
    inputs.forEach((input, from) => {
      const tilde = input.lastIndexOf("~");
      if (tilde < 0 || input.slice(tilde + 1) !== String(from)) {
        throw malformed(text, `input ${from + 1} of node ${position + 1} must end in "~${from}", found "${input}"`);
      }
      const name = input.slice(0, tilde);
      const operation = (OPERATIONS as readonly string[]).indexOf(name);
      if (operation < 0) {
        throw new AssayError(
          "bad-architecture",
          `Cannot read "${text}": node ${position + 1} has the unknown operation "${name}".`,
          suggestName(name, OPERATIONS),
        );
      }
      architecture[edge++] = operation;
    });
  });
  return architecture;
}

function malformed(text: string, reason: string): AssayError {
  return new AssayError(
    "bad-architecture",
    `Cannot read "${text}" as a nasbench201 cell: ${reason}.`,
    "Write |operation~0|+|operation~0|operation~1|+|operation~0|operation~1|operation~2|.",
  );
}
