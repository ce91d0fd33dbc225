import { expect, test } from "vitest";
import { formatAgo, formatTime } from "./ago.js";

const now = Date.parse("2026-03-01T12:00:00Z");

test.each([
  ["2026-03-01T12:00:00Z", "just now"],
  ["2026-03-01T12:00:30Z", "just now"],
  ["2026-03-01T11:59:59Z", "1 second ago"],
  ["2026-03-01T11:56:50Z", "3 minutes ago"],
  ["2026-03-01T10:01:00Z", "1 hour ago"],
  ["2026-02-27T12:00:00Z", "2 days ago"],
  ["2025-03-01T12:00:00Z", "2025-03-01"],
])("%s", (time, words) => {
  expect(formatAgo(time, now)).toBe(words);
});

test("a time to the minute", () => {
  expect(formatTime("2026-03-01T11:56:50.000Z")).toBe("2026-03-01 11:56 UTC");
});
