import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { between, type Camera, type Share, wholeMap, zoomAt } from "./camera.js";
import { isStill } from "./mapPainter.js";

/** The view of a map, and what changes it. */
export interface CameraControls {
  readonly camera: Camera;
  /** The same between two renderings. */
  now(): Camera;
  /** Shows a view at once. */
  jump(camera: Camera): void;
  /** Goes to a view in a quarter of a second, or at once for those who want no motion. */
  fly(camera: Camera): void;
  /** Flies; a second call before the first has arrived goes on from where that would have ended. */
  zoom(factor: number, about?: Share): void;
}

const duration = 240;

export function useCamera(): CameraControls {
  const [camera, setCamera] = useState(wholeMap);
  const state = useRef({ now: wholeMap, goal: wholeMap, request: 0 }).current;
  useEffect(() => () => cancelAnimationFrame(state.request), []);
  const controls = useMemo(() => {
    const set = (next: Camera): void => {
      state.now = next;
      setCamera(next);
    };
    const jump = (next: Camera): void => {
      cancelAnimationFrame(state.request);
      state.goal = next;
      set(next);
    };
    const fly = (goal: Camera): void => {
      if (isStill()) {
        jump(goal);
        return;
      }
      cancelAnimationFrame(state.request);
      state.goal = goal;
      const from = state.now;
      const start = performance.now();
      state.request = requestAnimationFrame(function step(now) {
        const share = Math.max(0, Math.min(1, (now - start) / duration));
        // Fast at first: it answers at once.
        set(between(from, goal, 1 - (1 - share) ** 3));
        if (share < 1) state.request = requestAnimationFrame(step);
      });
    };
    const zoom = (factor: number, about?: Share): void => fly(zoomAt(state.goal, factor, about));
    return { now: () => state.now, jump, fly, zoom };
  }, []);
  return { camera, ...controls };
}
