import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Target } from "../../charts/targets.js";
import { Tooltip } from "../../charts/tooltip.js";
import { bringIntoView, type Camera, moveBy, toMap, toView, wholeMap } from "./camera.js";
import { listenToGestures, shareOf } from "./mapGestures.js";
import { readKey } from "./mapKeys.js";
import type { MarkGroup } from "./mapLayers.js";
import { layOutView, type MapLayout } from "./mapLayout.js";
import { createMapPainter, type MapPainter } from "./mapPainter.js";
import { nearestPoint, pointIndex } from "./pointIndex.js";
import { stepTowards } from "./pointSteps.js";
import { useCamera } from "./useCamera.js";
import { ZoomButtons } from "./zoomButtons.js";

interface MapCanvasProps {
  readonly layout: MapLayout;
  /** Changes only with the decision and the colours. */
  readonly base: readonly MarkGroup[];
  readonly marks: readonly MarkGroup[];
  readonly paper: string;
  readonly label: string;
  /** Points in the order in which keys go through them. */
  readonly stops: readonly number[];
  readonly isPreferred: (point: number) => boolean;
  /** @param x and `y` where it lies in the view */
  readonly tell: (point: number, x: number, y: number) => Target;
  readonly chosen: number | undefined;
  readonly onChoose: (point: number | undefined) => void;
  readonly onCamera: (camera: Camera) => void;
}

/** Pixels from which a point is felt. */
const reach = 18;
/** Milliseconds in which a second click makes a double click. */
const clickPause = 240;
const hintTime = 1600;
const hints = {
  wheel: "Hold Ctrl or ⌘, or click the map first, to zoom with the wheel",
  touch: "Move the map with two fingers",
} as const;

/** The map on two canvases, one for all its points and one for the marks above them, and whatever moves it. */
export function MapCanvas(props: MapCanvasProps) {
  const { layout, base, marks, paper, label, stops, isPreferred, tell, chosen, onChoose, onCamera } = props;
  const { width, height } = layout;
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const painter = useRef<MapPainter>(undefined);
  const { camera, now, jump, fly, zoom } = useCamera();
  const [point, setPoint] = useState<number>();
  const [isDragging, setDragging] = useState(false);
  const [hint, setHint] = useState<keyof typeof hints>();
  const pointer = useRef("");
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  const index = useMemo(() => pointIndex(layout.xs, layout.ys), [layout]);

  useLayoutEffect(() => {
    painter.current = createMapPainter(below.current!, above.current!, now());
    return () => painter.current?.stop();
  }, []);
  useLayoutEffect(() => painter.current!.show({ layout, base, marks, paper }), [layout, base, marks, paper]);
  useLayoutEffect(() => {
    painter.current!.look(camera);
    onCamera(camera);
  }, [camera]);
  useEffect(
    () =>
      listenToGestures(above.current!, {
        camera: now,
        onView: jump,
        onZoom(factor, about) {
          clearTimeout(opening.current);
          zoom(factor, about);
        },
        onHint: setHint,
        onDrag: setDragging,
      }),
    [],
  );
  useEffect(() => {
    if (hint === undefined) return;
    const timer = setTimeout(() => setHint(undefined), hintTime);
    return () => clearTimeout(timer);
  }, [hint]);
  useEffect(() => () => clearTimeout(opening.current), []);

  const placeOf = (one: number) => ({ x: layout.xs[one] / width, y: layout.ys[one] / height });
  const find = (event: MouseEvent): number | undefined => {
    const { x, y } = toMap(now(), shareOf(above.current!, event));
    return nearestPoint(index, x * width, y * height, reach / now().zoom, isPreferred);
  };
  const visit = (next: number | undefined): void => {
    if (next === undefined) return;
    setPoint(next);
    fly(bringIntoView(now(), placeOf(next)));
  };
  const seen = (one: number | undefined): { readonly x: number; readonly y: number } | undefined => {
    if (one === undefined || one >= layout.xs.length) return undefined;
    const { x, y } = toView(camera, placeOf(one));
    return x < 0 || y < 0 || x > 1 || y > 1 ? undefined : { x: x * width, y: y * height };
  };
  const [at, chosenAt] = [seen(point), chosen === point ? undefined : seen(chosen)];
  const told = at && tell(point!, at.x, at.y);

  const open = (target: Target | undefined, one: number | undefined, isSure: boolean): void => {
    clearTimeout(opening.current);
    if (target?.href === undefined) {
      onChoose(one);
      return;
    }
    const { href } = target;
    const go = (): void => {
      location.hash = href;
    };
    if (isSure) go();
    else opening.current = setTimeout(go, clickPause);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = readKey(event);
    if (action === undefined) return;
    event.preventDefault();
    switch (action.kind) {
      case "zoom":
        zoom(action.factor, point === undefined ? undefined : toView(now(), placeOf(point)));
        break;
      case "whole":
        fly(wholeMap);
        break;
      case "move":
        fly(moveBy(now(), action));
        break;
      case "step":
        visit(stepTowards(layOutView(layout, now()), point, action.direction));
        break;
      case "trial":
        visit(stopAfter(stops, point, action.step));
        break;
      case "choose":
        if (point !== undefined) open(tell(point, 0, 0), point, true);
        break;
      case "leave":
        setPoint(undefined);
        onChoose(undefined);
    }
  };
  return (
    <div class="map" style={{ height: `${height}px` }}>
      <canvas ref={below} class="map-layer" />
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes keys of its own */}
      <canvas
        ref={above}
        class={`map-layer is-top${told?.href === undefined ? "" : " is-link"}${isDragging ? " is-dragged" : camera.zoom > 1 ? " is-movable" : ""}`}
        tabIndex={0}
        role="application"
        aria-roledescription="map"
        aria-label={label}
        onPointerDown={(event) => {
          pointer.current = event.pointerType;
        }}
        onPointerMove={(event) => {
          if (event.pointerType !== "touch" && !isDragging) setPoint(find(event));
        }}
        onPointerLeave={() => setPoint(undefined)}
        onBlur={() => setPoint(undefined)}
        onClick={(event) => {
          // Of a double click the second.
          if (isDragging || event.detail > 1) return;
          const found = find(event);
          if (pointer.current === "touch") onChoose(found);
          else open(found === undefined ? undefined : tell(found, 0, 0), found, false);
        }}
        onKeyDown={onKeyDown}
      />
      <svg class="map-layer map-ring" width={width} height={height} aria-hidden="true">
        {[chosenAt, at].map(
          (place) =>
            place !== undefined && (
              <g key={place === at ? "felt" : "chosen"}>
                <circle cx={place.x} cy={place.y} r="9" fill="none" stroke={paper} stroke-width="5" />
                <circle class="touched" cx={place.x} cy={place.y} r="9" />
              </g>
            ),
        )}
      </svg>
      {told !== undefined && !isDragging && <Tooltip target={told} width={width} height={height} />}
      <ZoomButtons camera={camera} zoom={zoom} onReset={() => fly(wholeMap)} />
      {hint !== undefined && <p class="map-hint">{hints[hint]}</p>}
      <p class="unseen" aria-live="polite">
        {told === undefined ? "" : [told.title, ...(told.lines ?? [])].join(", ")}
      </p>
    </div>
  );
}

function stopAfter(stops: readonly number[], point: number | undefined, step: 1 | -1): number | undefined {
  if (stops.length === 0) return undefined;
  const at = point === undefined ? -1 : stops.indexOf(point);
  if (at < 0) return step > 0 ? stops[0] : stops[stops.length - 1];
  return stops[(at + step + stops.length) % stops.length];
}
