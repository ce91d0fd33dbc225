import { expect, test } from "vitest";
import { writeMap } from "./writeMap.js";

test("a map is a file in which names are only text", () => {
  const layout = { width: 100, height: 50, xs: Float32Array.of(10, 20), ys: Float32Array.of(5, 6), radius: 2 };
  const file = writeMap(
    layout,
    [
      { points: [0, 1], shape: "dot", radius: 2, colour: "rgb(1,2,3)" },
      { points: [1], shape: "star", radius: 9, colour: "red", halo: { colour: "black", width: 1 } },
      { points: [0], shape: "cross", radius: 3, colour: "red" },
    ],
    "white",
    '<script>alert("x")</script>',
  );
  expect(file).toContain("M10 5h0M20 6h0");
  expect(file).toContain("&lt;script&gt;");
  expect(file.match(/<path/g)?.length).toBe(4);
});
