/** A whole number with separators: 15,625. */
export function formatCount(value: number | bigint): string {
  return value.toLocaleString("en");
}

/** A measured number with as many decimals as a table needs; "-" where there is none. */
export function formatValue(value: number | null | undefined, decimals = 2): string {
  return value === null || value === undefined || !Number.isFinite(value) ? "-" : value.toFixed(decimals);
}

/** A label or metric of unknown scale: four significant digits at least. */
export function formatMeasured(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "-";
  const decimals = decimalsOf(value);
  return decimals === undefined ? value.toExponential(3) : value.toFixed(decimals);
}

/** A mean with its standard deviation, both with as many decimals as the larger deserves: "73.42 ± 0.11". */
export function formatPredicted({ mean, standardDeviation }: { mean: number; standardDeviation: number }): string {
  const decimals = decimalsOf(Math.max(Math.abs(mean), standardDeviation));
  const [first, second] = [mean, standardDeviation].map((value) =>
    decimals === undefined ? value.toExponential(3) : value.toFixed(decimals),
  );
  return `${first} ± ${second}`;
}

/** A probability as people say it, and never as certain as only a proof could be. */
export function formatProbability(probability: number): string {
  if (probability < 0.01) return "less than 1 %";
  return probability > 0.99 ? "more than 99 %" : `${Math.round(100 * probability)} %`;
}

/** Decimals of a number of unknown scale; undefined where it is better written with an exponent. */
function decimalsOf(value: number): number | undefined {
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-3)) return undefined;
  return size >= 1000 ? 0 : size >= 10 ? 2 : 4;
}

/** Seconds as a person says them: 0.8 s, 12 s, 3 min 20 s, 2 h 5 min. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 9.95) return `${seconds.toFixed(seconds < 0.0995 ? 3 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Seconds for a column of a table, without the unit. */
export function formatPlainSeconds(seconds: number): string {
  return formatValue(seconds, seconds < 1 ? 3 : seconds < 100 ? 1 : 0);
}

/** A quantity with its unit, large ones in thousands, millions, billions: "113.95 M MAC". */
export function formatQuantity(value: number, unit: string): string {
  const steps: [number, string][] = [
    [1e9, " G"],
    [1e6, " M"],
    [1e4, " k"],
  ];
  const step = steps.find(([size]) => Math.abs(value) >= size);
  if (step !== undefined) {
    const [size, prefix] = step;
    return `${(value / (prefix === " k" ? 1e3 : size)).toFixed(2)}${prefix} ${unit}`;
  }
  return `${Number.isInteger(value) ? value : formatMeasured(value)} ${unit}`;
}

/** The unit behind a number in running text. */
export function unitSuffix(unit: string): string {
  return unit === "percent" ? " %" : unit === "" || unit === "not stated" ? "" : ` ${unit}`;
}
