import { expect, test } from "vitest";
import { plainText, shortText } from "./plainText.js";

test("nothing drives the terminal or hides", () => {
  expect(plainText("\u001b[2Jgone\u0007 \u009b31m")).toBe("\\u001b[2Jgone\\u0007 \\u009b31m");
  expect(plainText("\u001b[31mred\u001b[0m")).toBe("\\u001b[31mred\\u001b[0m");
  expect(plainText("a\u202Eb\u200b\u2028")).toBe("a\\u202eb\\u200b");
  expect(plainText(" two\r\nlines\tand é, 漢, 🙂 ")).toBe("two lines and é, 漢, 🙂");
});

test("long text is cut", () => {
  expect(shortText("x".repeat(50), 10)).toBe(`${"x".repeat(9)}…`);
  expect(shortText("x".repeat(10), 10)).toBe("x".repeat(10));
});
