import type { SearchReport } from "../../experiment/searchReport.js";
import type { SearchCommandOptions } from "./search.js";

/** What a user may want to do after a search, as exact commands. */
export function nextSteps(
  options: SearchCommandOptions,
  report: SearchReport,
  size: bigint,
): [purpose: string, command: string][] {
  const subject =
    options.benchmark === undefined
      ? `--space ${quote(options.space ?? "")} --evaluate ${quote(options.evaluate ?? "")}`
      : `--benchmark ${quote(options.benchmark)}`;
  const details = [
    `--strategy ${quote(options.strategy)}`,
    ...(options.label === undefined ? [] : [`--label ${quote(options.label)}`]),
    ...(options.estimationCode === undefined ? [] : [`--estimation-code ${quote(options.estimationCode)}`]),
    ...(options.batch === undefined ? [] : [`--batch ${options.batch}`]),
    ...(options.parallel === 1 ? [] : [`--parallel ${options.parallel}`]),
    ...(options.timeout === undefined ? [] : [`--timeout ${options.timeout}`]),
    `--seed ${options.seed}`,
  ].join(" ");
  const doubled = BigInt(2 * options.budget) < size ? 2 * options.budget : Number(size);
  const more = report.ended === "stopped" ? options.budget : doubled;
  const steps: [string, string][] = [];
  const canGoOn = report.ended === "stopped" || (report.ended === "budget" && BigInt(options.budget) < size);
  if (canGoOn) {
    if (options.out !== undefined) {
      const file = quote(options.out);
      steps.push([
        `go on to ${more} queries, nothing evaluated twice:`,
        `assay search ${subject} ${details} --budget ${more} --resume ${file} --out ${file}`,
      ]);
    } else if (options.benchmark !== undefined) {
      steps.push([`search with ${more} queries:`, `assay search ${subject} ${details} --budget ${more}`]);
    } else {
      steps.push([
        "keep the evaluations in a file, so that a search can go on from them with --resume:",
        `assay search ${subject} ${details} --budget ${options.budget} --out search.json`,
      ]);
    }
  }
  if (options.benchmark !== undefined) {
    const label =
      (options.label === undefined ? "" : ` --label ${quote(options.label)}`) +
      (options.estimationCode === undefined ? "" : ` --estimation-code ${quote(options.estimationCode)}`);
    const rivals = ["regularized-evolution", "random"].filter((rival) => rival !== options.strategy).join(" ");
    steps.push([
      "see whether that was luck, over 10 seeds and against other strategies:",
      `assay compare ${subject}${label} --strategies ${quote(options.strategy)} ${rivals} --budget ${options.budget} --out results/`,
    ]);
  }
  return steps;
}

/** Quotes a word for a shell where it needs it. */
function quote(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
