import { AssayError, suggestName } from "../errors.js";
import type { CostMetric } from "./contract.js";
import { convertUnit, readTail, shortUnit, unitsInWords } from "./limitUnits.js";

/** How much an architecture may cost, at most or at least. */
export interface Limit {
  /** Name of a known cost, such as "flops". */
  readonly cost: string;
  readonly bound: "at most" | "at least";
  /** In `unit`. */
  readonly value: number;
  /** That of the cost: "MAC", "milliseconds", …; "" where the cost has none. */
  readonly unit: string;
}

/** A limit as a user wrote it, before anybody knows the unit of the cost. `unit` is "" where none was written. */
export type WrittenLimit = Limit;

const operators: Readonly<Record<string, Limit["bound"]>> = {
  "<=": "at most",
  "≤": "at most",
  ">=": "at least",
  "≥": "at least",
};

/**
 * Reads `flops<=35M`, `latency.pixel3<=5ms` or `params>=0.2M`: a cost, `<=` or `>=`, and a number, which may have k, M, G or T and
 * a unit behind it. Throws AssayError that says what was expected.
 *
 * @example
 * parseLimit("latency.pixel3<=5ms"); // { cost: "latency.pixel3", bound: "at most", value: 5, unit: "ms" }
 */
export function parseLimit(text: string): WrittenLimit {
  const match = /^\s*([^<>=≤≥\s]+)\s*([<>=≤≥]*)\s*(.*?)\s*$/s.exec(text);
  if (match === null) throw badLimit(text, "the name of a cost comes first");
  const [, cost, operator, amount] = match;
  if (operator === "" && amount === "") {
    throw badLimit(text, "nothing follows the name", 'Quote it, a shell reads < and > itself: --limit "flops<=35M".');
  }
  const bound = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (bound === undefined) {
    const meant = operator.includes(">") ? ">=" : "<=";
    const what = operator === "" ? "no <= or >= follows the name" : `"${operator}" is neither <= nor >=`;
    throw badLimit(text, what, `Write ${cost}${meant}${amount === "" ? "35M" : amount}.`);
  }
  return { cost, bound, ...readAmount(text, amount) };
}

/**
 * The limit in the unit of its cost. A number without a unit is in that unit already. Throws AssayError where there is no such
 * cost, or the units measure different things.
 *
 * @param metrics all costs that are known
 * @param owner what has these costs, for messages
 */
export function resolveLimit(written: WrittenLimit, metrics: readonly CostMetric[], owner: string): Limit {
  const { cost, value, unit } = written;
  const metric = metrics.find(({ name }) => name === cost);
  if (metric === undefined) {
    const known = metrics.map(({ name }) => name);
    const hint = known.length === 0 ? `${owner} has no costs.` : suggestName(cost, known);
    throw new AssayError("unknown-cost", `"${cost}" is no known cost of ${owner}.`, hint);
  }
  const converted = convertUnit(value, unit, metric.unit);
  if (converted === undefined) {
    const has = metric.unit === "" ? "has no unit" : `is in ${metric.unit}`;
    throw new AssayError(
      "bad-limit",
      `The limit ${formatLimit(written)} is in ${unit}, but ${cost} of ${owner} ${has}.`,
      `Write ${cost}${operatorOf(written)} and a number ${metric.unit === "" ? "without a unit" : `of ${metric.unit}`}.`,
    );
  }
  return { ...written, value: converted, unit: metric.unit };
}

/**
 * A limit as a user writes it; `parseLimit` reads it again.
 *
 * @example
 * formatLimit({ cost: "flops", bound: "at most", value: 35e6, unit: "MAC" }); // "flops<=35M"
 */
export function formatLimit(limit: Limit): string {
  return `${limit.cost}${operatorOf(limit)}${formatAmount(limit.value, limit.unit)}`;
}

/** Limits in words: "flops<=35M and params>=0.1M". */
export function formatLimits(limits: readonly Limit[]): string {
  return limits.map(formatLimit).join(" and ");
}

/** A number with its unit, as exact as it is: 35M, 5ms, 0.25. */
export function formatAmount(value: number, unit: string): string {
  const written = shortUnit(unit);
  // A unit that cannot be read behind a number is left to the name of the cost.
  const suffix = readTail(written) === undefined ? "" : written;
  return `${withPower(value)}${suffix}`;
}

function withPower(value: number): string {
  const steps: [letter: string, power: number][] = [
    ["G", 9],
    ["M", 6],
    ["k", 3],
  ];
  for (const [letter, power] of steps) {
    if (Math.abs(value) < Number(`1e${power}`)) continue;
    const text = `${value / Number(`1e${power}`)}`;
    if (text.length <= 6 && Number(`${text}e${power}`) === value) return `${text}${letter}`;
  }
  return `${value}`;
}

function operatorOf({ bound }: Limit): string {
  return bound === "at most" ? "<=" : ">=";
}

function readAmount(text: string, amount: string): { value: number; unit: string } {
  const match = /^([+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+))(?:[eE]([+-]?\d+))?\s*(.*)$/s.exec(amount);
  if (match === null) throw badLimit(text, amount === "" ? "the number is missing" : `"${amount}" is no number`);
  const [, digits, exponent = "0", tail] = match;
  const read = readTail(tail);
  if (read === undefined) {
    const hint = /^m$/i.test(tail) ? "Write M for millions, ms for milliseconds." : `Units: ${unitsInWords}.`;
    throw badLimit(text, `"${tail}" is neither k, M, G, T nor a unit`, hint);
  }
  // One decimal number instead of a product, so that 1.1M is exactly 1,100,000.
  const value = Number(`${digits.replaceAll("_", "")}e${Number(exponent) + read.power}`);
  if (!Number.isFinite(value)) throw badLimit(text, `"${amount}" is too large a number`);
  return { value: value + 0, unit: read.unit };
}

function badLimit(text: string, why: string, hint = "Write it like flops<=35M or latency.pixel3<=5ms."): AssayError {
  return new AssayError("bad-limit", `Cannot read the limit "${text.trim()}": ${why}.`, hint);
}
