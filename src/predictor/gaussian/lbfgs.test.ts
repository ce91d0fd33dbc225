import { expect, it } from "vitest";
import { minimise } from "./lbfgs.js";

function rosenbrock(place: Float64Array) {
  let value = 0;
  const gradient = new Float64Array(place.length);
  for (let i = 0; i + 1 < place.length; i++) {
    const [x, y] = [place[i], place[i + 1]];
    value += 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
    gradient[i] += -400 * x * (y - x * x) - 2 * (1 - x);
    gradient[i + 1] += 200 * (y - x * x);
  }
  return { value, gradient };
}

it("finds the minimum of Rosenbrock's function", () => {
  for (const start of [
    [-1.2, 1],
    [5, -3, 2, 0.5, -1],
  ]) {
    const { place, evaluations } = minimise(rosenbrock, Float64Array.from(start), { evaluations: 400 });
    for (const component of place) expect(component).toBeCloseTo(1, 4);
    expect(evaluations).toBeLessThan(200);
  }
});

it("needs few evaluations for a bowl", () => {
  const bowl = (place: Float64Array) => ({
    value: place.reduce((sum, x, i) => sum + (i + 1) * (x - i) * (x - i), 0),
    gradient: place.map((x, i) => 2 * (i + 1) * (x - i)),
  });
  const { place, evaluations } = minimise(bowl, new Float64Array(4), { evaluations: 100 });
  expect([...place].map((x) => Math.round(1e4 * x) / 1e4)).toEqual([0, 1, 2, 3]);
  expect(evaluations).toBeLessThan(25);
});

it("turns back where a value is not finite, keeps to the furthest step, and never ends higher", () => {
  const places: number[] = [];
  const walled = ([x]: Float64Array) => {
    places.push(x);
    return { value: x > 3 ? Number.NaN : -x, gradient: Float64Array.of(-1) };
  };
  const { place, value } = minimise(walled, Float64Array.of(0), { evaluations: 40, furthest: 0.7 });
  expect(place[0]).toBeGreaterThan(2.5);
  expect(value).toBe(-place[0]);
  for (let i = 1; i < places.length; i++) expect(Math.abs(places[i] - places[i - 1])).toBeLessThan(0.701);
  const nowhere = minimise(() => ({ value: Number.NaN, gradient: Float64Array.of(1) }), Float64Array.of(2), {
    evaluations: 10,
  });
  expect(nowhere).toEqual({ place: Float64Array.of(2), value: Number.NaN, evaluations: 1 });
});
