import { describe, expect, test } from "vitest";
import {
  axisLabel,
  formatCount,
  formatDuration,
  formatNumber,
  formatScaled,
  formatTick,
  formatValue,
  groupDigits,
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

  test("axes name their unit once", () => {
    expect(axisLabel({ name: "macs", unit: "MAC", kind: "cost" })).toBe("macs (MAC)");
    expect(formatTick(40_000_000, { unit: "MAC", kind: "cost" })).toBe("40 M");
    expect(formatTick(1_200_000, { unit: "parameters", kind: "cost" })).toBe("1.2 M");
    expect(formatTick(0.00005, { unit: "s", kind: "seconds" })).toBe("0.05 ms");
    expect(formatTick(73.5, { unit: "%", kind: "label" })).toBe("73.5");
    expect(formatTick(3600, { unit: "s", kind: "seconds" })).toBe("1 h");
  });
});
