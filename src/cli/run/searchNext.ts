import type { SearchReport } from "../../experiment/searchReport.js";
import type { SearchCommandOptions } from "./searchOptions.js";

/** What a user may want to do after a search, as exact commands. */
export function nextSteps(
  options: SearchCommandOptions & { readonly budget: number },
  report: SearchReport,
  size: bigint,
): [purpose: string, command: string][] {
  const subject = describeSubject(options);
  const isTrained = report.training !== undefined;
  const many = isTrained ? "trainings" : "queries";
  // The codes of a live search are trained: a table has its own.
  const codes = options.estimationCode === undefined ? [] : [`--estimation-code ${quote(options.estimationCode)}`];
  const tableCodes = isTrained && options.estimationCode !== "none" ? [] : codes;
  const detailsWith = (chosen: readonly string[]): string =>
    [
      `--strategy ${quote(options.strategy)}`,
      ...(options.label === undefined ? [] : [`--label ${quote(options.label)}`]),
      ...chosen,
      ...(options.batch === undefined ? [] : [`--batch ${options.batch}`]),
      ...(options.parallel === undefined ? [] : [`--parallel ${options.parallel}`]),
      ...(options.timeout === undefined ? [] : [`--timeout ${options.timeout}`]),
      `--seed ${options.seed}`,
    ].join(" ");
  const details = detailsWith(codes);
  const doubled = BigInt(2 * options.budget) < size ? 2 * options.budget : Number(size);
  const more = report.ended === "stopped" ? options.budget : doubled;
  const steps: [string, string][] = [];
  const canGoOn =
    report.ended === "stopped" ||
    (report.ended === "budget" && report.best !== undefined && BigInt(options.budget) < size);
  if (canGoOn) {
    if (options.study !== undefined) {
      const storage = options.storage === undefined ? "" : ` --storage ${quote(options.storage)}`;
      const budget = report.ended === "stopped" ? "" : ` --budget ${more}`;
      steps.push([
        report.ended === "stopped" ? "go on where it stopped:" : `go on to ${more} ${many}:`,
        `assay resume ${quote(options.study)}${storage}${budget}`,
      ]);
    } else if (options.benchmark !== undefined && !isTrained) {
      steps.push([`search with ${more} queries:`, `assay search ${subject} ${details} --budget ${more}`]);
    } else {
      steps.push([
        `keep the ${isTrained ? "trainings" : "evaluations"}, so that nothing is lost and assay resume can go on from them:`,
        `assay search ${subject} ${details} --budget ${options.budget} --study first`,
      ]);
    }
  }
  if (options.benchmark !== undefined && isTrained) {
    steps.push([
      `look architectures up in the table instead of training them, ${more} in seconds:`,
      `assay search --benchmark ${quote(options.benchmark)} ${detailsWith(tableCodes)} --budget ${more}`,
    ]);
  }
  if (options.benchmark !== undefined) {
    const label = [...(options.label === undefined ? [] : [`--label ${quote(options.label)}`]), ...tableCodes]
      .map((words) => ` ${words}`)
      .join("");
    const rivals = ["regularized-evolution", "random"].filter((rival) => rival !== options.strategy).join(" ");
    steps.push([
      "see whether that was luck, over 10 seeds and against other strategies:",
      `assay compare --benchmark ${quote(options.benchmark)}${label} --strategies ${quote(options.strategy)} ${rivals} --budget ${options.budget} --out results/`,
    ]);
  }
  return steps;
}

/** What was searched, as options. */
function describeSubject({ benchmark, live, space, evaluate, train, trainer }: SearchCommandOptions): string {
  if (benchmark !== undefined) return `--benchmark ${quote(benchmark)}${live === true ? " --live" : ""}`;
  const how =
    train === undefined
      ? `--evaluate ${quote(evaluate ?? "")}`
      : `--train ${quote(train)}${trainer === undefined ? "" : ` --trainer ${quote(trainer)}`}`;
  return `--space ${quote(space ?? "")} ${how}`;
}

/** Quotes a word for a shell where it needs it. */
function quote(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
