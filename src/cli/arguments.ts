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
  storage: () => new Option("--storage <file>", "file that keeps studies").default(undefined, "assay.db"),
  json: () => new Option("--json", "write the result as JSON to standard output, and nothing else"),
  verbose: () => new Option("--verbose", "say more on standard error, with stack traces"),
} as const;
