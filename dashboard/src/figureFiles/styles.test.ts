import { h } from "preact";
import { expect, test } from "vitest";
import { mixColours } from "./mixColours.js";
import { resolveValue } from "./resolveStyle.js";
import { parseStyleSheet } from "./styleSheet.js";
import { writeSvg } from "./writeSvg.js";

const sheet = parseStyleSheet(`
  @charset "utf-8"; /* .dot { fill: pink; } */
  :root, :root[data-theme="light"] { --ink: #123; --card: #fff; }
  :root[data-theme="dark"] { --ink: #eee; }
  @media (prefers-color-scheme: dark) { :root { --ink: #ddd; } .dot { fill: black; } }
  .dot.is-run { fill: red; }
  .dot { fill: var(--colour, gray); stroke-width: 2px; cursor: pointer; }
  .series { --colour: var(--ink); }
  .box rect { fill: var(--fill, white); }
  .box-large { --fill: color-mix(in srgb, var(--ink) 50%, var(--card)); }
  .dot:hover { fill: green; }
`);

test("styles are written into the elements that they are for", () => {
  expect(writeSvg(h("circle", { class: "dot", r: 1 / 3 } as object), sheet, "a")).toContain(
    '<circle r="0.33" fill="gray" stroke-width="2px"/>',
  );
  expect(writeSvg(h("circle", { class: "dot series" } as object), sheet, "a")).toContain('fill="#123"');
  expect(writeSvg(h("circle", { class: "dot is-run" } as object), sheet, "a")).toContain('fill="red"');
  const box = h("g", { class: "box box-large" } as object, h("rect", null), h("g", null, h("rect", null)));
  expect(writeSvg(box, sheet, "a").match(/<rect fill="#889199"\/>/g)).toHaveLength(2);
  expect(writeSvg(h("rect", null), sheet, "a")).toContain("<rect/>");
});

test("ids are told apart, handlers left out, texts escaped", () => {
  const drawing = [
    h("clipPath", { id: "clip", onClick: () => {} } as object),
    h("g", { "clip-path": "url(#clip)" } as object, "a<b>&\"'\u0007\ud800"),
  ];
  expect(writeSvg(drawing, sheet, "first")).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<clipPath id="first-clip"/>\n<g clip-path="url(#first-clip)">a&lt;b&gt;&amp;&quot;\'\ufffd</g>\n',
  );
});

test("variables end somewhere, and colours mix", () => {
  expect(resolveValue("var(--a)", { "--a": "var(--b)", "--b": "var(--a)" })).toBeUndefined();
  expect(resolveValue("var(--none)", {})).toBeUndefined();
  expect(mixColours("color-mix(in srgb, #000 25%, #ffffff)")).toBe("#bfbfbf");
  expect(mixColours("color-mix(in srgb, rgb(10, 20, 30) 100%, #fff)")).toBe("#0a141e");
  expect(mixColours("color-mix(in oklab, #000 25%, #fff)")).toBeUndefined();
});
