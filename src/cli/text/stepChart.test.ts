import { expect, test } from "vitest";
import { drawSparkline } from "./sparkline.js";
import { drawStepChart } from "./stepChart.js";

test("a line rises where the best label does", () => {
  const steps = [
    { number: 0, label: 10 },
    { number: 4, label: 15 },
    { number: 9, label: 20 },
  ];
  expect(drawStepChart({ steps, last: 19, width: 27, height: 3 })).toEqual(
    [
      "20.00 │         ╭──────────",
      "      │     ╭───╯",
      "10.00 │ ────╯",
      "      ╰────────────────────",
      "      0                  19",
    ].map((line) => expect.stringMatching(line.slice(0, 12))),
  );
});

test("what was far worse at the very beginning does not flatten the rest", () => {
  const steps = [
    { number: 0, label: 10 },
    { number: 3, label: 90 },
    { number: 60, label: 91 },
  ];
  const lines = drawStepChart({ steps, last: 99, width: 40, height: 4 });
  expect(lines[0]).toMatch(/^91\.00 {3}│ +╭─+$/);
  expect(lines[3]).toMatch(/^≤ 90\.00 │ ─+╯$/);
});

test("one label, one trial, no trial", () => {
  expect(drawStepChart({ steps: [], last: 0, width: 40, height: 4 })).toEqual([]);
  expect(drawStepChart({ steps: [{ number: 0, label: 5 }], last: 0, width: 40, height: 4 })[0]).toMatch(/^5\.0000 │/);
  expect(drawStepChart({ steps: [{ number: 2, label: 5 }], last: 9, width: 40, height: 4 })[0]).toMatch(
    /^5\.0000 │ +─+$/,
  );
});

test("a series in one line", () => {
  expect(drawSparkline([2.3, 1.1, 0.6, 0.5], 40)).toBe("█▃▁▁");
  expect(drawSparkline([1, null, 1], 40)).toBe("▄ ▄");
  expect(drawSparkline([], 40)).toBe("");
  expect(drawSparkline([null, null], 40)).toBe("  ");
  expect(
    drawSparkline(
      Array.from({ length: 100 }, (_, i) => i),
      8,
    ),
  ).toBe("▁▂▃▄▅▆▇█");
});
