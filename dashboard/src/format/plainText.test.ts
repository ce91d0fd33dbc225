import { expect, test } from "vitest";
import { plainName, plainText } from "./plainText.js";

test("colours, titles and cursor moves vanish, other control characters show", () => {
  expect(plainText("\u001b[31mred\u001b[0m \u001b]0;title\u0007ok\u001b[2J\u0000\u0007\r\nnext\ttab")).toBe(
    "red ok^@^G\nnext\ttab",
  );
});

test("names stay on one line and in their direction", () => {
  expect(plainName("a\n  b\u202egpj.exe")).toBe("a b\ufffdgpj.exe");
});
