import { expect, test } from "vitest";
import {
  formatMeasured,
  formatPredicted,
  formatProbability,
  formatQuantity,
  formatSeconds,
  formatValue,
  unitSuffix,
} from "./numbers.js";

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

test("predictions and probabilities", () => {
  const predicted = (mean: number, standardDeviation: number) => formatPredicted({ mean, standardDeviation });
  expect(predicted(73.4161, 0.1149)).toBe("73.42 ± 0.11");
  expect(predicted(-0.7342, 0.02)).toBe("-0.7342 ± 0.0200");
  expect(predicted(0.0005, 31)).toBe("0.00 ± 31.00");
  expect(predicted(2e8, 1e6)).toBe("2.000e+8 ± 1.000e+6");
  expect([0, 0.004, 0.64, 0.996, 1].map(formatProbability)).toEqual([
    ...["less than 1 %", "less than 1 %", "64 %", "more than 99 %", "more than 99 %"],
  ]);
});

test("units behind numbers", () => {
  expect(["percent", "", "milliseconds"].map(unitSuffix)).toEqual([" %", "", " milliseconds"]);
});
