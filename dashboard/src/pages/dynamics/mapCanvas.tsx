import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Target } from "../../charts/targets.js";
import { Tooltip } from "../../charts/tooltip.js";
import { drawGroups } from "./drawGroups.js";
import type { MarkGroup } from "./mapLayers.js";
import type { MapLayout } from "./mapLayout.js";
import { nearestPoint, pointIndex } from "./pointIndex.js";

interface MapCanvasProps {
  readonly layout: MapLayout;
  /** Changes only with the decision and the colours. */
  readonly base: readonly MarkGroup[];
  readonly marks: readonly MarkGroup[];
  readonly label: string;
  /** Points in the order in which arrow keys go through them. */
  readonly stops: readonly number[];
  readonly isPreferred: (point: number) => boolean;
  readonly tell: (point: number) => Target;
  readonly haloColour: string;
}

const fade = 260;

/**
 * The map on two canvases: the space below, drawn once for each decision and faded into the next; marks above. A pointer moves only the
 * ring of a third one.
 */
export function MapCanvas({ layout, base, marks, label, stops, isPreferred, tell, haloColour }: MapCanvasProps) {
  const { width, height } = layout;
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const before = useRef<HTMLCanvasElement>(undefined);
  const [point, setPoint] = useState<number>();
  const lastPointer = useRef("");
  const index = useMemo(() => pointIndex(layout.xs, layout.ys), [layout]);

  useLayoutEffect(() => {
    const canvas = below.current!;
    const target = sized(canvas, width, height);
    const fresh = document.createElement("canvas");
    drawGroups(sized(fresh, width, height), layout, base);
    const old = before.current;
    before.current = fresh;
    const paint = (share: number): void => {
      target.clearRect(0, 0, width, height);
      // Dots are opaque: the old below and the new above it becoming visible makes no gap between them.
      if (share < 1 && old !== undefined) target.drawImage(old, 0, 0, width, height);
      target.globalAlpha = share;
      target.drawImage(fresh, 0, 0, width, height);
      target.globalAlpha = 1;
    };
    if (old === undefined || old.width !== fresh.width || old.height !== fresh.height || isStill()) {
      paint(1);
      return;
    }
    return animate((share) => paint(share));
  }, [layout, base]);

  useLayoutEffect(() => {
    const target = sized(above.current!, width, height);
    const paint = (share: number): void => {
      target.clearRect(0, 0, width, height);
      drawGroups(target, layout, marks, 1 + 0.6 * (1 - share));
    };
    paint(isStill() ? 1 : 0);
    return isStill() ? undefined : animate(paint);
  }, [layout, marks]);

  useEffect(() => setPoint(undefined), [layout]);
  const find = (event: MouseEvent): number | undefined => {
    const { left, top } = above.current!.getBoundingClientRect();
    return nearestPoint(index, event.clientX - left, event.clientY - top, 18, isPreferred);
  };
  const told = point === undefined ? undefined : tell(point);
  return (
    <div class="map" style={{ height: `${height}px` }}>
      <canvas ref={below} class="map-layer" />
      <canvas
        ref={above}
        class={`map-layer is-top${told?.href === undefined ? "" : " is-link"}`}
        tabIndex={0}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          lastPointer.current = event.pointerType;
        }}
        onPointerMove={(event) => setPoint(find(event))}
        onPointerLeave={() => setPoint(undefined)}
        onBlur={() => setPoint(undefined)}
        onClick={(event) => {
          const found = find(event);
          const href = found === undefined ? undefined : tell(found).href;
          if (href !== undefined && lastPointer.current !== "touch") location.hash = href;
          else setPoint(found);
        }}
        onKeyDown={(event) => {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (step !== undefined && stops.length > 0) {
            event.preventDefault();
            const at = point === undefined ? -1 : stops.indexOf(point);
            setPoint(stops[at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length]);
          } else if (event.key === "Enter" && told?.href !== undefined) location.hash = told.href;
          else if (event.key === "Escape") setPoint(undefined);
        }}
      />
      {told !== undefined && (
        <>
          <svg class="map-layer map-ring" width={width} height={height} aria-hidden="true">
            <circle cx={told.x} cy={told.y} r="9" fill="none" stroke={haloColour} stroke-width="5" />
            <circle class="touched" cx={told.x} cy={told.y} r="9" />
          </svg>
          <Tooltip target={told} width={width} height={height} />
        </>
      )}
      <p class="unseen" aria-live="polite">
        {told === undefined ? "" : [told.title, ...(told.lines ?? [])].join(", ")}
      </p>
    </div>
  );
}

/** The drawing context of a canvas with as many pixels as the screen has. */
function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const density = Math.min(2, devicePixelRatio);
  const [wide, high] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(density, 0, 0, density, 0, 0);
  return context;
}

function isStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Calls back with a share from 0 to 1 in each frame of the screen; gives what ends it. */
function animate(paint: (share: number) => void): () => void {
  const start = performance.now();
  let request = requestAnimationFrame(function step(now) {
    const share = Math.max(0, Math.min(1, (now - start) / fade));
    paint(share);
    if (share < 1) request = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(request);
}
