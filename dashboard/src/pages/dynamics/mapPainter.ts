import type { Camera } from "./camera.js";
import { createDotLayer, type DotLayer } from "./dotLayer.js";
import { drawGroups } from "./drawGroups.js";
import { growGroups, type MarkGroup } from "./mapLayers.js";
import { layOutView, type MapLayout } from "./mapLayout.js";

/** What a map shows. */
export interface Scene {
  readonly layout: MapLayout;
  /** The space, and what was evaluated. */
  readonly base: readonly MarkGroup[];
  /** What stands out, above it. */
  readonly marks: readonly MarkGroup[];
  readonly paper: string;
}

/** Draws a map on two canvases, one above the other. */
export interface MapPainter {
  /** Another scene: the one before fades into it. */
  show(scene: Scene): void;
  /** Another view of the same: drawn anew with the next frame of the screen. */
  look(camera: Camera): void;
  stop(): void;
}

/** Milliseconds in which one scene becomes another. */
const fade = 260;
/** Pixels of the space while the view moves: on a fine screen it is a little softer then, and sharp as soon as it rests. */
const mostMovingPixels = 1_000_000;
/** Milliseconds without a move after which the view rests. */
const rest = 140;

export function createMapPainter(below: HTMLCanvasElement, above: HTMLCanvasElement, first: Camera): MapPainter {
  let camera = first;
  let scene: Scene | undefined;
  let request = 0;
  /** Whether the view as it is will be drawn: what came meanwhile is drawn with it, never put off again. */
  let isDue = false;
  let resting: ReturnType<typeof setTimeout> | undefined;
  /** By density: that of the screen, and that while the view moves. */
  const layers = new Map<number, DotLayer>();
  /** The picture that fades away; undefined where nothing does. */
  let old: HTMLCanvasElement | undefined;
  let fresh: HTMLCanvasElement | undefined;

  function schedule(paint: (now: number) => void): void {
    cancelAnimationFrame(request);
    clearTimeout(resting);
    isDue = false;
    request = requestAnimationFrame(paint);
  }

  function paintNow(density = densityOf()): void {
    isDue = false;
    if (scene === undefined) return;
    paintBase(below, scene, density);
    paintMarks(scene, 1);
  }

  function paintMoving(): void {
    if (scene === undefined) return;
    const { width, height } = scene.layout;
    const density = Math.min(densityOf(), Math.max(1, Math.sqrt(mostMovingPixels / (width * height))));
    paintNow(density);
    if (density < densityOf()) resting = setTimeout(() => schedule(() => paintNow()), rest);
  }

  function paintBase(canvas: HTMLCanvasElement, { layout, base, paper }: Scene, density = densityOf()): void {
    const target = sized(canvas, layout, density);
    const { width, height } = canvas;
    let layer = layers.get(density);
    if (layer === undefined || layer.width !== width || layer.height !== height) {
      layer = createDotLayer(width, height);
      if (layers.size > 1) layers.clear();
      layers.set(density, layer);
    }
    const { xs, ys } = layOutView(layout, camera);
    for (let point = 0; point < xs.length; point++) {
      xs[point] *= density;
      ys[point] *= density;
    }
    layer.draw({ xs, ys }, growGroups(base, camera.zoom), paper, density);
    layer.show(target);
  }

  function paintMarks({ layout, marks }: Scene, share: number): void {
    const target = sized(above, layout);
    target.clearRect(0, 0, layout.width, layout.height);
    drawGroups(target, layOutView(layout, camera), growGroups(marks, camera.zoom), 1 + 0.6 * (1 - share));
  }

  function paintFade(shown: Scene, share: number): void {
    const target = sized(below, shown.layout);
    const { width, height } = shown.layout;
    target.globalAlpha = 1;
    target.drawImage(old!, 0, 0, width, height);
    target.globalAlpha = share;
    target.drawImage(fresh!, 0, 0, width, height);
    target.globalAlpha = 1;
    paintMarks(shown, share);
  }

  return {
    show(next) {
      const before = scene;
      scene = next;
      const isSameSize = before?.layout.width === next.layout.width && before.layout.height === next.layout.height;
      // While the view moves there is nothing to fade from.
      if (isDue) return;
      if (!isSameSize || isStill()) {
        cancelAnimationFrame(request);
        paintNow();
        return;
      }
      old = copyOf(below, old);
      fresh ??= document.createElement("canvas");
      paintBase(fresh, next);
      const start = performance.now();
      schedule(function step(now) {
        const share = Math.max(0, Math.min(1, (now - start) / fade));
        paintFade(next, share);
        if (share < 1) schedule(step);
      });
    },
    look(next) {
      camera = next;
      if (isDue) return;
      schedule(paintMoving);
      isDue = true;
    },
    stop() {
      cancelAnimationFrame(request);
      clearTimeout(resting);
    },
  };
}

/** The drawing context of a canvas with so many pixels for each of the page. */
function sized(
  canvas: HTMLCanvasElement,
  { width, height }: MapLayout,
  density = densityOf(),
): CanvasRenderingContext2D {
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

function densityOf(): number {
  return Math.min(2, devicePixelRatio);
}

function copyOf(canvas: HTMLCanvasElement, copy = document.createElement("canvas")): HTMLCanvasElement {
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d")!.drawImage(canvas, 0, 0);
  return copy;
}

export function isStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
