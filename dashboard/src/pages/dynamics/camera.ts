/** Which part of a map is in view: its middle, as shares of the whole map from the top left, and how many times it is enlarged. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A place as shares of a box: 0 and 0 at its top left, 1 and 1 at its bottom right. */
export interface Share {
  readonly x: number;
  readonly y: number;
}

export const wholeMap: Camera = { x: 0.5, y: 0.5, zoom: 1 };
/** Points that lie next to each other are a finger apart then. */
export const closest = 24;
/** How near to the edge of the view a point may come that is gone to. */
const edge = 0.08;

/** Where a place of the map lies in the view; outside of 0 to 1 where it is not in view. */
export function toView({ x, y, zoom }: Camera, place: Share): Share {
  return { x: (place.x - x) * zoom + 0.5, y: (place.y - y) * zoom + 0.5 };
}

/** The place of the map that lies at a place of the view. */
export function toMap({ x, y, zoom }: Camera, place: Share): Share {
  return { x: x + (place.x - 0.5) / zoom, y: y + (place.y - 0.5) / zoom };
}

/** Enlarges about a place of the view, which stays where it is unless the map would leave the view. */
export function zoomAt(camera: Camera, factor: number, about: Share = { x: 0.5, y: 0.5 }): Camera {
  const zoom = Math.min(closest, Math.max(1, camera.zoom * factor));
  const fixed = toMap(camera, about);
  return keepInside({ x: fixed.x - (about.x - 0.5) / zoom, y: fixed.y - (about.y - 0.5) / zoom, zoom });
}

/** Moves the map by shares of the view: to the right and down where they are positive. */
export function moveBy(camera: Camera, by: Share): Camera {
  return keepInside({ ...camera, x: camera.x - by.x / camera.zoom, y: camera.y - by.y / camera.zoom });
}

/** Moves no further than needed for a place of the map to be in view. */
export function bringIntoView(camera: Camera, place: Share): Camera {
  const reach = (0.5 - edge) / camera.zoom;
  const near = (middle: number, wanted: number): number => Math.min(wanted + reach, Math.max(wanted - reach, middle));
  return keepInside({ ...camera, x: near(camera.x, place.x), y: near(camera.y, place.y) });
}

/** On the way from one view to another: at equal steps the map grows by equal factors. */
export function between(from: Camera, to: Camera, share: number): Camera {
  if (share >= 1) return to;
  const [least, most] = [Math.min(from.zoom, to.zoom), Math.max(from.zoom, to.zoom)];
  const zoom = Math.min(most, Math.max(least, from.zoom * (to.zoom / from.zoom) ** share));
  // Where the zoom changes, the place that both views show at the same spot stays there. By how much it changes must be told from rounding.
  const isSameZoom = Math.abs(to.zoom - from.zoom) < 1e-9 * from.zoom;
  const way = isSameZoom ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return keepInside({ x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, zoom });
}

export function isSameView(first: Camera, second: Camera): boolean {
  return first.x === second.x && first.y === second.y && first.zoom === second.zoom;
}

function keepInside({ x, y, zoom }: Camera): Camera {
  const half = 0.5 / zoom;
  const inside = (middle: number): number => Math.min(1 - half, Math.max(half, middle));
  return { x: inside(x), y: inside(y), zoom };
}
