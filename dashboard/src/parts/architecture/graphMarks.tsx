import { plainName } from "../../format/plainText.js";
import { edgePath, type GraphLayout } from "./layoutGraph.js";
import { operationColour } from "./operationColour.js";

interface GraphMarksProps {
  readonly layout: GraphLayout;
  readonly direction: "right" | "down" | "chain";
}

/** The boxes and edges of a graph. */
export function GraphMarks({ layout: { nodes, edges }, direction }: GraphMarksProps) {
  return (
    <>
      {edges.map(({ points, isNothing, hasArrow }, index) => (
        <g key={index} class={isNothing ? "edge is-nothing" : "edge"}>
          <path
            class="edge-line"
            d={
              direction === "chain"
                ? `M${points.map((point) => point.join(",")).join("L")}`
                : edgePath(points, direction)
            }
          />
          {hasArrow && !isNothing && <path class="edge-arrow" d={arrowAt(points, direction)} />}
        </g>
      ))}
      {nodes.map(({ label, kind, x, y, width, height }, index) => {
        const box = { label, kind };
        const most = Math.max(3, Math.floor((width - 14) / 6.6));
        const words = plainName(label);
        const round = kind === "edge-operation" || kind === "sum" ? height / 2 : 5;
        return (
          <g key={index} class={`box ${operationColour(box)}`}>
            <title>{words}</title>
            <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={round} />
            <text x={x} y={y} dy="0.34em" text-anchor="middle">
              {words.length > most ? `${words.slice(0, most - 1)}…` : words}
            </text>
          </g>
        );
      })}
    </>
  );
}

function arrowAt(points: readonly (readonly [number, number])[], direction: GraphMarksProps["direction"]): string {
  const [x, y] = points[points.length - 1];
  const isDown = direction === "down" || (direction === "chain" && points.length > 2);
  return isDown ? `M${x - 4},${y - 6}L${x},${y}L${x + 4},${y - 6}Z` : `M${x - 6},${y - 4}L${x},${y}L${x - 6},${y + 4}Z`;
}
