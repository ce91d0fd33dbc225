import { AssayError } from "../../errors.js";
import { createNanoCell, faultOf, MAXIMUM_NODES, type NanoCell, OPERATIONS } from "./cell.js";

/**
 * `split~0|dwconv3x3~1|conv1x1~1|output~2,3`: the nodes from 1 on, each with the numbers of the nodes that it reads; 0 is
 * the input.
 */
export function formatNanoCell({ vertices, successors, operations }: NanoCell): string {
  const nodes: string[] = [];
  for (let node = 1; node < vertices; node++) {
    const inputs: number[] = [];
    for (let source = 0; source < node; source++) if (((successors[source] >>> node) & 1) === 1) inputs.push(source);
    nodes.push(`${node === vertices - 1 ? "output" : OPERATIONS[operations[node]]}~${inputs.join(",")}`);
  }
  return nodes.join("|");
}

/** Reads the text form of any valid cell, in the order of the text. Throws AssayError that says what is wrong where. */
export function parseNanoCell(text: string): NanoCell {
  const parts = text.trim().split("|");
  const vertices = parts.length + 1;
  if (vertices > MAXIMUM_NODES) {
    throw malformed(text, `it has ${vertices} nodes with the input, at most ${MAXIMUM_NODES} are possible`);
  }
  const cell = createNanoCell();
  cell.vertices = vertices;
  parts.forEach((part, place) => {
    const node = place + 1;
    const [, name, inputs] = /^(\w+)~(\d(?:,\d)*)$/.exec(part) ?? [];
    if (name === undefined) throw malformed(text, `node ${node} is "${part}" instead of operation~inputs`);
    const isOutput = node === vertices - 1;
    const operation = (OPERATIONS as readonly string[]).indexOf(name);
    if (isOutput !== (name === "output") || (!isOutput && operation < 0)) {
      const expected = isOutput ? "output" : `one of ${OPERATIONS.join(", ")}`;
      throw malformed(text, `node ${node} is "${name}", expected ${expected}`);
    }
    cell.operations[node] = isOutput ? 0 : operation;
    const sources = inputs.split(",").map(Number);
    sources.forEach((source, i) => {
      if (source >= node || (i > 0 && source <= sources[i - 1])) {
        throw malformed(text, `node ${node} reads ${inputs}, expected earlier nodes in rising order, none twice`);
      }
      cell.successors[source] |= 1 << node;
    });
  });
  const fault = faultOf(cell);
  if (fault !== undefined) throw malformed(text, fault);
  return cell;
}

function malformed(text: string, reason: string): AssayError {
  return new AssayError(
    "bad-architecture",
    `Cannot read "${text}" as a nanobench cell: ${reason}.`,
    "Write operation~inputs for each node after the input, such as split~0|dwconv3x3~1|none~1|output~2,3.",
  );
}
