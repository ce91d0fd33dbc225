import { describe, expect, test } from "vitest";
import {
  axisLabel,
  formatColumn,
  formatCount,
  formatDifference,
  formatDuration,
  formatNumber,
  formatScaled,
  formatTick,
  formatValue,
  groupDigits,
  quantityHead,
  quantityWords,
} from "./numbers.js";

describe("numbers with units", () => {
  test.each([
    [73.514, "%", "73.51 %"],
    [35_200_000, "MAC", "35.2 M MAC"],
    [950, "MAC", "950 MAC"],
    [1_073_466, "parameters", "1.07 M"],
    [999_999, "parameters", "1.00 M"],
    [3.4219, "ms", "3.42 ms"],
    [4096, "bytes", "4.10 k bytes"],
    [0.12345, "", "0.1235"],
    [null, "%", "–"],
    [Number.NaN, "%", "–"],
  ])("%s %s is written %s", (value, unit, text) => {
    expect(formatValue(value, { unit, kind: "cost" })).toBe(text);
  });

  test("numbers keep what matters", () => {
    expect([0, 1234.5, 1e-9, -0.5, 12, 123456789012].map((value) => formatNumber(value))).toEqual([
      ...["0", "1235", "1.000e-9", "\u22120.5000", "12", "1.235e11"],
    ]);
    expect(formatNumber(undefined)).toBe("–");
    expect(formatScaled(1500)).toBe("1.50 k");
  });

  test("counts have groups", () => {
    expect([formatCount(999), formatCount(15625), groupDigits("12345678901234567890")]).toEqual([
      ...["999", "15\u202f625", "12\u202f345\u202f678\u202f901\u202f234\u202f567\u202f890"],
    ]);
  });

  test.each([
    [0, "0 s"],
    [0.0000464, "< 1 ms"],
    [0.0421, "42.1 ms"],
    [0.9999, "1.00 s"],
    [12.34, "12.3 s"],
    [59.99, "1 min 00 s"],
    [245, "4 min 05 s"],
    [7620, "2 h 07 min"],
    [86_400 * 3 + 3600 * 4, "3 d 4 h"],
  ])("%s seconds are %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  test.each([
    [3.4333, "%", "+3.43 points"],
    [-0.463, "%", "\u22120.46 points"],
    [1.42e-14, "%", "0 points"],
    [0.004, "%", "0 points"],
    [12, "", "+12"],
    [-0.123456, "", "\u22120.123"],
    [1.42e-14, "", "0"],
    [2.5, "ms", "+2.50 ms"],
  ])("a difference of %s %s is written %s", (value, unit, text) => {
    expect(formatDifference(value, { unit, kind: "label" })).toBe(text);
  });

  test("the points of a column stand below each other", () => {
    const quantity = { unit: "", kind: "metric" } as const;
    const write = formatColumn([3.99, 13.34, null, 0.5], quantity);
    expect([3.99, 13.34, null, 0.5, -1].map(write)).toEqual(["3.99", "13.34", "–", "0.50", "\u22121.00"]);
    // What it would round away is written as it is.
    expect(formatColumn([1000, 0.0123], quantity)(0.0123)).toBe("0.01230");
    expect([1, 20].map(formatColumn([1, 20], quantity))).toEqual(["1", "20"]);
    expect([1, 20].map(formatColumn([1, 20], { unit: "ms", kind: "cost" }))).toEqual(["1 ms", "20 ms"]);
  });

  test("axes name their unit once", () => {
    expect(axisLabel({ name: "macs", unit: "MAC", kind: "cost" })).toBe("macs (MAC)");
    expect(formatTick(40_000_000, { unit: "MAC", kind: "cost" })).toBe("40 M");
    expect(formatTick(1_200_000, { unit: "parameters", kind: "cost" })).toBe("1.2 M");
    expect(formatTick(0.00005, { unit: "s", kind: "seconds" })).toBe("0.05 ms");
    expect(formatTick(73.5, { unit: "%", kind: "label" })).toBe("73.5");
    expect([3600, 12.5, 0.2, 0.0004].map((value) => formatTick(value, { unit: "s", kind: "seconds" }))).toEqual([
      ...["1 h", "12.5 s", "200 ms", "0.4 ms"],
    ]);
    expect(axisLabel({ name: "flops", unit: "MAC", kind: "cost" })).toBe("FLOPs (MAC)");
    expect(axisLabel({ name: "params", unit: "parameters", kind: "cost" })).toBe("parameters");
    expect(quantityWords("constructor")).toBe("constructor");
    expect(["flops", "test accuracy", "latency_ms"].map(quantityHead)).toEqual([
      "FLOPs",
      "Test accuracy",
      "latency_ms",
    ]);
  });
});
