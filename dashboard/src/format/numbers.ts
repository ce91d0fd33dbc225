import type { Quantity } from "../../../src/view/contract.js";
import { plainName } from "./plainText.js";
import { capital } from "./words.js";

const prefixes = ["", "k", "M", "G", "T"] as const;
/** What stands for a value that is not there. */
export const noValue = "–";

/** A count with thin separators: 15 625. */
export function formatCount(value: number): string {
  return groupDigits(String(Math.round(value)));
}

/** Digits in groups of three, from five digits on; for counts that come as texts since they are too large for a number. */
export function groupDigits(digits: string): string {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** At least `digits` significant digits, never more than needed: 0.1234, 12.34, 1234. */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noValue;
  if (value === 0) return "0";
  // Rounded first: 0.9996 has as many digits before its point as 1.
  const size = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  if (size < -4 || size > 8) return minus(value.toExponential(digits - 1).replace("e+", "e"));
  const decimals = Math.max(0, digits - 1 - size);
  return minus(Number.isInteger(value) && size < digits + 2 ? String(value) : value.toFixed(decimals));
}

/** A duration in seconds as people say it: < 1 ms, 340 ms, 12.3 s, 4 min 05 s, 2 h 07 min, 3 d 4 h. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return noValue;
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds === 0) return "0 s";
  // What takes less is a look-up: its digits say nothing.
  if (seconds < 0.001) return "< 1 ms";
  if (seconds < 0.9995) return `${formatNumber(seconds * 1000, 3)} ms`;
  if (seconds < 59.95) return `${formatNumber(seconds, 3)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  const hours = Math.round(seconds / 3600);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Large numbers with a prefix: 35.2 M. */
export function formatScaled(value: number, digits = 3): string {
  const size = Math.abs(value);
  let power = 0;
  while (power < prefixes.length - 1 && size >= 999.5 * 1000 ** power) power++;
  const scaled = value / 1000 ** power;
  const text = power === 0 && Number.isInteger(value) ? String(value) : formatNumber(scaled, digits);
  return power === 0 ? text : `${text} ${prefixes[power]}`;
}

/** Whether numbers of a unit are written with prefixes. */
function isScaled(unit: string): boolean {
  return unit === "MAC" || unit === "FLOPs" || unit === "parameters" || unit === "bytes" || unit === "B";
}

/** A value of a quantity with its unit: 73.51 %, 35.2 M MAC, 3.42 ms. */
export function formatValue(
  value: number | null | undefined,
  quantity: Pick<Quantity, "unit" | "kind"> | undefined,
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noValue;
  const unit = quantity?.unit ?? "";
  if (unit === "s" || quantity?.kind === "seconds") return formatDuration(value);
  if (unit === "%") return `${minus(value.toFixed(2))} %`;
  if (isScaled(unit)) return unit === "parameters" ? formatScaled(value) : `${formatScaled(value)} ${unit}`;
  return unit === "" ? formatNumber(value) : `${formatNumber(value, unit === "ms" ? 3 : 4)} ${unit}`;
}

/** The same for a tick of an axis, which names its unit once. */
export function formatTick(value: number, quantity: Pick<Quantity, "unit" | "kind"> | undefined): string {
  const unit = quantity?.unit ?? "";
  if (unit === "s" || quantity?.kind === "seconds") {
    if (value === 0) return "0";
    if (Math.abs(value) < 1) return `${minus(String(Number((value * 1000).toPrecision(6))))} ms`;
    if (Math.abs(value) < 60) return `${minus(String(Number(value.toPrecision(6))))} s`;
    return formatDuration(value).replace(" 00 s", "").replace(" 00 min", "");
  }
  if (isScaled(unit) || Math.abs(value) >= 10_000) return trimZeros(formatScaled(value));
  return minus(String(Number(value.toPrecision(6))));
}

/** 1.20 M is 1.2 M on an axis, and 40.0 M is 40 M. */
function trimZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, (_, kept: string) => (kept === "." ? "" : kept));
}

/** How much more one value is than another: +0.42 points (of a percentage), −3.2 ms, 0. */
export function formatDifference(
  value: number,
  quantity: Pick<Quantity, "unit" | "kind"> | undefined,
  isSigned = true,
): string {
  const unit = quantity?.unit ?? "";
  const rounded = unit === "%" ? Number(value.toFixed(2)) : value;
  // Subtracting leaves a little that no digit of the two shows.
  if (Math.abs(rounded) < 1e-9) return unit === "%" ? "0 points" : "0";
  const written =
    unit === "%"
      ? `${minus(value.toFixed(2))} points`
      : unit === ""
        ? formatNumber(value, 3)
        : formatValue(value, quantity);
  return isSigned && value > 0 ? `+${written}` : written;
}

/** A way to write the numbers of one column, so that their points stand below each other where their sizes allow it. */
export function formatColumn(
  values: readonly (number | null | undefined)[],
  quantity: Pick<Quantity, "unit" | "kind">,
): (value: number | null | undefined) => string {
  const plain = (value: number | null | undefined): string => formatValue(value, quantity);
  if (quantity.unit !== "" || quantity.kind === "seconds") return plain;
  let largest = 0;
  let isWhole = true;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    isWhole &&= Number.isInteger(value);
  }
  if (isWhole || largest < 0.01 || largest >= 1e6) return plain;
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(largest)));
  return (value) =>
    value === null || value === undefined || !Number.isFinite(value) || (value !== 0 && Math.abs(value) < largest / 1e4)
      ? plain(value)
      : minus(value.toFixed(decimals));
}

const names: Readonly<Record<string, string>> = { flops: "FLOPs", params: "parameters", seconds: "evaluation time" };

/** A quantity as people call it: FLOPs, evaluation time; names that nobody knows stay as they are. */
export function quantityWords(name: string): string {
  return Object.hasOwn(names, name) ? names[name] : plainName(name);
}

/** The same at the head of a column or a line; names as programs write them stay as they are: latency_ms. */
export function quantityHead(name: string): string {
  return /[_.:]/.test(name) ? plainName(name) : capital(quantityWords(name));
}

/** What stands at an axis: "accuracy (%)". */
export function axisLabel(quantity: Quantity): string {
  const isSeconds = quantity.unit === "s" || quantity.kind === "seconds";
  const words = quantityWords(quantity.name);
  return quantity.unit === "" || quantity.unit === words || isSeconds ? words : `${words} (${quantity.unit})`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/** A real minus sign lines up with digits. */
function minus(text: string): string {
  return text.replace(/^-/, "\u2212");
}
