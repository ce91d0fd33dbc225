import fc from "fast-check";
import { expect, test } from "vitest";
import { between, bringIntoView, type Camera, closest, moveBy, toMap, toView, wholeMap, zoomAt } from "./camera.js";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.record({ x: share, y: share });
const camera = fc
  .tuple(fc.double({ min: 1, max: closest, noNaN: true }), place)
  .map(([zoom, about]): Camera => zoomAt(wholeMap, zoom, about));

function expectInside({ x, y, zoom }: Camera): void {
  expect(zoom).toBeGreaterThanOrEqual(1);
  expect(zoom).toBeLessThanOrEqual(closest);
  for (const middle of [x, y]) {
    expect(middle - 0.5 / zoom).toBeGreaterThanOrEqual(-1e-9);
    expect(middle + 0.5 / zoom).toBeLessThanOrEqual(1 + 1e-9);
  }
}

test("the map never leaves the view, whatever is done", () => {
  fc.assert(
    fc.property(
      camera,
      place,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      camera,
      share,
      (from, at, factor, to, way) => {
        expectInside(zoomAt(from, factor, at));
        expectInside(moveBy(from, { x: 4 * at.x - 2, y: 4 * at.y - 2 }));
        expectInside(bringIntoView(from, at));
        expectInside(between(from, to, way));
      },
    ),
  );
});

test("what lies under the pointer stays there while it is enlarged", () => {
  fc.assert(
    fc.property(camera, place, fc.double({ min: 1, max: 10, noNaN: true }), (from, pointer, factor) => {
      const under = toMap(from, pointer);
      const seen = toView(zoomAt(from, factor, pointer), under);
      expect(seen.x).toBeCloseTo(pointer.x, 6);
      expect(seen.y).toBeCloseTo(pointer.y, 6);
    }),
  );
});

test("a place that is gone to is in view", () => {
  fc.assert(
    fc.property(camera, place, (from, wanted) => {
      const { x, y } = toView(bringIntoView(from, wanted), wanted);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-9);
      expect(Math.max(x, y)).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
  const far = zoomAt(wholeMap, 4, { x: 0, y: 0 });
  expect(bringIntoView(far, { x: 0.1, y: 0.1 })).toEqual(far);
});

test("a flight about a place ends where it should and leaves the place where it is", () => {
  const from = zoomAt(wholeMap, 2, { x: 0.3, y: 0.6 });
  const to = zoomAt(from, 4, { x: 0.7, y: 0.2 });
  expect(between(from, to, 0)).toEqual(from);
  expect(between(from, to, 1)).toEqual(to);
  const fixed = toMap(from, { x: 0.7, y: 0.2 });
  const seen = toView(between(from, to, 0.4), fixed);
  expect([seen.x, seen.y].map((value) => Number(value.toFixed(6)))).toEqual([0.7, 0.2]);
});

test("a flight between zooms that differ by rounding is one", () => {
  const from: Camera = { x: 0.25, y: 0.25, zoom: 23.999999999999975 };
  const to: Camera = { x: 0.75, y: 0.5, zoom: 23.99999999999997 };
  for (const share of [0, 0.25, 0.5]) {
    const { x, y, zoom } = between(from, to, share);
    expect(x).toBeCloseTo(0.25 + 0.5 * share, 9);
    expect(y).toBeCloseTo(0.25 + 0.25 * share, 9);
    expect(zoom).toBeCloseTo(24, 9);
  }
});
