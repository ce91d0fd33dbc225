import { expect, test } from "vitest";
import { showControls } from "./terminal.js";

test("escape sequences of files and names are shown, not sent to the terminal", () => {
  expect(showControls("a\u001b]0;title\u0007b\u001b[2Jc\u009b31md\u007f")).toBe(
    "a\\u001b]0;title\\u0007b\\u001b[2Jc\\u009b31md\\u007f",
  );
});

test("colours, lines, tabs, the progress line and texts in any script stay", () => {
  for (const text of ["\u001b[1;31mred\u001b[39m\n\tü 神经", "\r\u001b[K\u001b[36m██\u001b[39m░"])
    expect(showControls(text)).toBe(text);
});

test("JSON says the same as before", () => {
  const value = { name: "a\u009b\u007f\u001b[31m\u0000" };
  expect(JSON.parse(showControls(JSON.stringify(value)))).toEqual(value);
});
