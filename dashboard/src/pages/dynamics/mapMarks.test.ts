import { h } from "preact";
import { expect, test } from "vitest";
import { parseStyleSheet } from "../../figureFiles/styleSheet.js";
import { writeSvg } from "../../figureFiles/writeSvg.js";
import type { MarkGroup } from "./mapLayers.js";
import { MapMarks } from "./mapMarks.js";

test("what is out of view is left out, and slashes are strokes", () => {
  const layout = { width: 100, height: 50, xs: Float32Array.of(10, -20, 50), ys: Float32Array.of(5, 6, 90), radius: 2 };
  const group = { points: [0, 1, 2], radius: 2, growth: 0.5, colour: "red" };
  const write = (...groups: MarkGroup[]): string =>
    writeSvg(h("svg", {}, h(MapMarks, { layout, groups })), parseStyleSheet(""), "map");
  const file = write({ ...group, shape: "dot" }, { ...group, shape: "slash" });
  expect(file).toContain('d="M10 5h0"');
  expect(file).toContain('d="M8.6 6.4l2.82 -2.82"');
  expect(write({ ...group, points: [1], shape: "dot" })).not.toContain("<path");
});
