import { expect, test } from "vitest";
import { formatMeasured, formatQuantity, formatSeconds, formatValue, unitSuffix } from "./numbers.js";

test("seconds as a person says them", () => {
  expect([0.0123, 0.82, 9.94, 9.96, 59.6, 200, 3661, Number.NaN].map(formatSeconds)).toEqual([
    "0.012 s",
    "0.8 s",
    "9.9 s",
    "10 s",
    "1 min 0 s",
    "3 min 20 s",
    "1 h 1 min",
    "?",
  ]);
});

test("quantities with their unit", () => {
  expect(formatQuantity(121_820_000, "MAC")).toBe("121.82 M MAC");
  expect(formatQuantity(2_500_000_000, "MAC")).toBe("2.50 G MAC");
  expect(formatQuantity(86_428, "parameters")).toBe("86.43 k parameters");
  expect(formatQuantity(802, "parameters")).toBe("802 parameters");
  expect(formatQuantity(4.5, "ms")).toBe("4.5000 ms");
});

test("numbers that do not exist are a dash", () => {
  expect([null, undefined, Number.NaN].map((value) => formatValue(value))).toEqual(["-", "-", "-"]);
  expect(formatMeasured(null)).toBe("-");
  expect([73.5133, 0.91234, 12345.6, 0.0000123].map(formatMeasured)).toEqual(["73.51", "0.9123", "12346", "1.230e-5"]);
});

test("units behind numbers", () => {
  expect(["percent", "", "milliseconds"].map(unitSuffix)).toEqual([" %", "", " milliseconds"]);
});
