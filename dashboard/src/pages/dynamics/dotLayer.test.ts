import { expect, test } from "vitest";
import { createDotLayer, readInk } from "./dotLayer.js";

const red = [255, 0, 0];
const white = [255, 255, 255];

test("dots lie where they should, above those before them, and fade at their edges", () => {
  const layer = createDotLayer(40, 20);
  const places = { xs: [10.5, 10.5, 39.9, -30], ys: [10.5, 10.5, 10, 5] };
  layer.draw(
    places,
    [
      { points: [0], shape: "dot", radius: 4, colour: "rgb(0,0,255)", growth: 0 },
      { points: [1, 2, 3], shape: "dot", radius: 2, colour: "#ff0000", growth: 0 },
    ],
    "#fff",
    1,
  );
  expect(layer.colourAt(10, 10)).toEqual(red);
  expect(layer.colourAt(13, 10)).toEqual([0, 0, 255]);
  expect(layer.colourAt(20, 10)).toEqual(white);
  // Its middle is at the edge: half of it is in view.
  expect(layer.colourAt(39, 10)).toEqual(red);
  const [, green] = layer.colourAt(38, 11);
  expect(green).toBeGreaterThan(0);
  expect(green).toBeLessThan(255);
  layer.draw(places, [], "#ffffff", 1);
  expect(layer.colourAt(10, 10)).toEqual(white);
});

test("a dot covers what a circle covers", () => {
  for (const [radius, x, y] of [
    [1.8, 10.2, 10.7],
    [5.3, 20.9, 19.1],
  ]) {
    const layer = createDotLayer(40, 40);
    const group = { points: [0], shape: "dot" as const, radius, colour: "#000000", growth: 0 };
    layer.draw({ xs: [x], ys: [y] }, [group], "#ffffff", 1);
    let covered = 0;
    for (let row = 0; row < 40; row++)
      for (let column = 0; column < 40; column++) covered += 1 - layer.colourAt(column, row)[0] / 255;
    expect(covered / (Math.PI * radius ** 2)).toBeGreaterThan(0.95);
    expect(covered / (Math.PI * radius ** 2)).toBeLessThan(1.05);
  }
});

test("slashes are strokes, halos lie below, and radii grow with the scale", () => {
  const layer = createDotLayer(60, 60);
  layer.draw(
    { xs: [15.5, 40.5], ys: [15.5, 40.5] },
    [
      { points: [0], shape: "slash", radius: 3, colour: "#ff0000", growth: 0 },
      { points: [1], shape: "dot", radius: 2, colour: "#ff0000", halo: { colour: "#0000ff", width: 2 }, growth: 0 },
    ],
    "#ffffff",
    2,
  );
  expect(layer.colourAt(15, 15)).toEqual(red);
  expect(layer.colourAt(19, 11)).toEqual(red);
  expect(layer.colourAt(11, 11)).toEqual(white);
  expect(layer.colourAt(40, 37)).toEqual(red);
  expect(layer.colourAt(40, 34)).toEqual([0, 0, 255]);
});

test("colours are read as style sheets write them", () => {
  expect(readInk("#abc").toString(16)).toBe("ffccbbaa");
  expect(readInk("#0a0B0c").toString(16)).toBe("ff0c0b0a");
  expect(readInk("rgb(1, 2, 255)").toString(16)).toBe("ffff0201");
  expect(readInk("transparent").toString(16)).toBe("ff000000");
});
