import type { PlacedNode } from "./layoutGraph.js";
import { isNothing } from "./layoutGraph.js";

/** The class that colours a box: kinds of operations look alike in all spaces. The label says the rest. */
export function operationColour({ label, kind }: Pick<PlacedNode, "label" | "kind">): string {
  if (kind !== "operation" && kind !== "edge-operation") return `box-${kind}`;
  if (isNothing(label)) return "box-nothing";
  if (/skip|identity/i.test(label)) return "box-skip";
  if (/pool/i.test(label)) return "box-pool";
  if (/1\s*[x×]\s*1/i.test(label)) return "box-small";
  if (/conv|[357]\s*[x×]\s*[357]/i.test(label)) return "box-large";
  return "box-other";
}
