import { InvalidArgumentError, Option } from "commander";

/** Reads a whole number within limits; written as digits, so that a typing error is never half a number. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+(e\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
    if (!(value >= minimum && value <= maximum)) {
      const limits =
        maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum}` : `from ${minimum} to ${maximum.toLocaleString("en")}`;
      throw new InvalidArgumentError(`Expected a whole number ${limits}.`);
    }
    return value;
  };
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Reads a duration such as 45, 45s, 90m, 2h or 1.5d as seconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text.trim());
  const seconds = match === null ? Number.NaN : Number(match[1]) * UNIT_SECONDS[(match[2] || "s") as "s"];
  if (!(seconds > 0 && seconds <= 1_000_000_000))
    throw new InvalidArgumentError("Expected a duration above 0 such as 45s, 90m, 2h or 1d.");
  return seconds;
}

/** The same for an option that takes several. */
export function wholeNumbers(minimum: number, maximum: number): (text: string, earlier?: number[]) => number[] {
  const read = wholeNumber(minimum, maximum);
  // Commander hands over the default at the first value; `own` tells it from values that were read.
  let own: number[] | undefined;
  return (text) => {
    own = [...(own ?? []), ...text.split(",").map(read)];
    return own;
  };
}

/** The values of an option that may be given several times. */
function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** Options that several commands share: one spelling, one description. */
export const commonOptions = {
  benchmark: () => new Option("-b, --benchmark <name>", "benchmark to run on; see `assay benchmarks`"),
  label: () =>
    new Option(
      "--label <rule>",
      "what the strategy sees: mean, seed:<id>, random-seed, noisy(<sigma>) or a metric",
    ).default(undefined, "the benchmark's own"),
  estimationCode: (live = "") =>
    new Option(
      "--estimation-code <name>",
      `cheap signals for strategies that read them: losses, or <benchmark>/losses for those of another benchmark, or none${live}`,
    ).default(undefined, "the benchmark's first"),
  limit: () =>
    new Option(
      "--limit <limit>",
      'search only what costs so much, such as "flops<=35M" or "latency.pixel3<=5ms" (in quotes); may be given several times',
    ).argParser(collect),
  costs: () =>
    new Option(
      "--costs <source>",
      "where limited costs are looked up besides: a benchmark over the same space, or a JavaScript module; may be given several times",
    ).argParser(collect),
  seed: () =>
    new Option("--seed <number>", "decides everything that is random").argParser(wholeNumber(0, 2 ** 32)).default(1),
  firstSeed: () =>
    new Option("--seed <number>", "seed of the first run; the others count up")
      .argParser(wholeNumber(0, 2 ** 32))
      .default(1),
  batch: () =>
    new Option("--batch <count>", "suggestions per iteration")
      .argParser(wholeNumber(1, 1_000_000))
      .default(undefined, "the strategy's own"),
  threads: () =>
    new Option("--threads <count>", "threads to use; results do not depend on it")
      .argParser(wholeNumber(1, 256))
      .default(undefined, "all processors"),
  storage: () =>
    new Option("--storage <file>", "file that keeps studies").default(undefined, "$ASSAY_STORAGE or assay.db"),
  json: () => new Option("--json", "write the result as JSON to standard output, and nothing else"),
  verbose: () => new Option("--verbose", "say more on standard error, with stack traces"),
} as const;
