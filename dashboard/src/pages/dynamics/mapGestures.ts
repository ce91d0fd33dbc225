import { type Camera, isSameView, moveBy, type Share, zoomAt } from "./camera.js";

/** What gestures need to know, and whom they tell. */
export interface GestureHandlers {
  readonly camera: () => Camera;
  /** A view that follows a finger, a wheel or a drag: shown at once. */
  readonly onView: (camera: Camera) => void;
  /** A double click. */
  readonly onZoom: (factor: number, about: Share) => void;
  /** Somebody tried what scrolls the page here, and may want to know how the map is moved. */
  readonly onHint: (kind: "wheel" | "touch") => void;
  readonly onDrag: (isDragging: boolean) => void;
}

/** Pixels that a pointer may move in a click. */
const slack = 4;

/**
 * Zooms and moves a map without taking the page's scrolling away: the wheel zooms with Ctrl or ⌘ (which is what pinching a touchpad gives),
 * and while the map has the focus; a mouse drags; two fingers pinch and move, one scrolls the page. Gives what ends it.
 */
export function listenToGestures(element: HTMLElement, handlers: GestureHandlers): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const active = { signal, passive: false };
  listenToWheel(element, handlers, active);
  listenToDrags(element, handlers, { signal });
  listenToFingers(element, handlers, active);
  element.addEventListener(
    "dblclick",
    (event) => {
      event.preventDefault();
      handlers.onZoom(event.shiftKey ? 0.5 : 2, shareOf(element, event));
    },
    active,
  );
  return () => ending.abort();
}

function listenToWheel(
  element: HTMLElement,
  { camera, onView, onHint }: GestureHandlers,
  options: AddEventListenerOptions,
): void {
  const onWheel = (event: WheelEvent): void => {
    const hasKey = event.ctrlKey || event.metaKey;
    if (!hasKey && document.activeElement !== element) {
      onHint("wheel");
      return;
    }
    const lines = [1, 16, 400][event.deltaMode] ?? 1;
    // Pinching a touchpad comes as a wheel with Ctrl and small steps.
    const rate = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 0.01 : 0.0022;
    const factor = Math.exp(-Math.max(-400, Math.min(400, event.deltaY * lines)) * rate);
    const next = zoomAt(camera(), factor, shareOf(element, event));
    // At the end of the zoom the page scrolls on.
    if (!hasKey && isSameView(next, camera())) return;
    event.preventDefault();
    onView(next);
  };
  element.addEventListener("wheel", onWheel, options);
}

function listenToDrags(
  element: HTMLElement,
  { camera, onView, onDrag }: GestureHandlers,
  options: AddEventListenerOptions,
): void {
  let last: { readonly x: number; readonly y: number } | undefined;
  let isDragging = false;
  const end = (): void => {
    last = undefined;
    if (!isDragging) return;
    isDragging = false;
    // The click that ends a drag comes after this.
    setTimeout(() => onDrag(false));
  };
  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      last = { x: event.clientX, y: event.clientY };
    },
    options,
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      if (last === undefined || event.pointerType === "touch") return;
      const [x, y] = [event.clientX - last.x, event.clientY - last.y];
      if (!isDragging) {
        if (Math.hypot(x, y) < slack || camera().zoom === 1) return;
        isDragging = true;
        element.setPointerCapture(event.pointerId);
        onDrag(true);
      }
      last = { x: event.clientX, y: event.clientY };
      onView(moveBy(camera(), { x: x / element.clientWidth, y: y / element.clientHeight }));
    },
    options,
  );
  for (const kind of ["pointerup", "pointercancel"]) element.addEventListener(kind, end, options);
}

function listenToFingers(
  element: HTMLElement,
  { camera, onView, onHint }: GestureHandlers,
  options: AddEventListenerOptions,
): void {
  let before: { readonly middle: Share; readonly span: number } | undefined;
  let start: { readonly x: number; readonly y: number } | undefined;
  const measure = ({ touches: [first, second] }: TouchEvent) => {
    const middle = { clientX: (first.clientX + second.clientX) / 2, clientY: (first.clientY + second.clientY) / 2 };
    const span = Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY);
    return { middle: shareOf(element, middle), span: Math.max(1, span) };
  };
  const onStart = (event: TouchEvent): void => {
    const [first] = event.touches;
    start = event.touches.length === 1 ? { x: first.clientX, y: first.clientY } : undefined;
    before = event.touches.length === 2 ? measure(event) : undefined;
    // Otherwise two fingers that move the same way scroll the page.
    if (event.touches.length === 2) event.preventDefault();
  };
  element.addEventListener("touchstart", onStart, options);
  element.addEventListener("touchend", onStart, options);
  element.addEventListener(
    "touchmove",
    (event) => {
      const [first] = event.touches;
      if (event.touches.length === 1 && start !== undefined && camera().zoom > 1) {
        if (Math.hypot(first.clientX - start.x, first.clientY - start.y) > 24) {
          start = undefined;
          onHint("touch");
        }
      }
      if (event.touches.length !== 2 || before === undefined) return;
      event.preventDefault();
      const now = measure(event);
      const moved = moveBy(camera(), { x: now.middle.x - before.middle.x, y: now.middle.y - before.middle.y });
      onView(zoomAt(moved, now.span / before.span, now.middle));
      before = now;
    },
    options,
  );
}

/** Where in an element something happened. */
export function shareOf(element: Element, { clientX, clientY }: Pick<MouseEvent, "clientX" | "clientY">): Share {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}
