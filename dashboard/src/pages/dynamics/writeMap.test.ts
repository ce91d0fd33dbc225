import { expect, test } from "vitest";
import { writeMap } from "./writeMap.js";

test("a map is a file in which names are only text", () => {
  const layout = { width: 100, height: 50, xs: Float32Array.of(10, 20), ys: Float32Array.of(5, 6), radius: 2 };
  const file = writeMap(
    layout,
    [
      { points: [0, 1], shape: "dot", radius: 2, growth: 0, colour: "rgb(1,2,3)" },
      { points: [1], shape: "star", radius: 9, growth: 0, colour: "red", halo: { colour: "black", width: 1 } },
      { points: [0], shape: "cross", radius: 3, growth: 0, colour: "red" },
    ],
    "white",
    '<script>alert("x")</script>',
  );
  expect(file).toContain("M10 5h0M20 6h0");
  expect(file).toContain("&lt;script&gt;");
  expect(file.match(/<path/g)?.length).toBe(4);
});

test("what is out of view is left out, and slashes are strokes", () => {
  const layout = { width: 100, height: 50, xs: Float32Array.of(10, -20, 50), ys: Float32Array.of(5, 6, 90), radius: 2 };
  const group = { points: [0, 1, 2], radius: 2, growth: 0.5, colour: "red" };
  const file = writeMap(
    layout,
    [
      { ...group, shape: "dot" },
      { ...group, shape: "slash" },
    ],
    "white",
    "",
  );
  expect(file).toContain('d="M10 5h0"');
  expect(file).toContain('d="M8.6 6.4l2.82 -2.82"');
  expect(writeMap(layout, [{ ...group, points: [1], shape: "dot" }], "white", "")).not.toContain("<path");
});
