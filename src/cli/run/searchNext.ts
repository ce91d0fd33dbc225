import { joinWords, quoteWord } from "../../evaluator/command/words.js";
import { shownAddress } from "../../evaluator/http/shownAddress.js";
import type { SearchReport } from "../../experiment/searchReport.js";
import type { SearchCommandOptions } from "./searchOptions.js";

/** What a user may want to do after a search, as exact commands. */
export function nextSteps(
  options: SearchCommandOptions & { readonly budget: number },
  report: SearchReport,
  size: bigint,
): [purpose: string, command: string][] {
  const limits = describeLimitOptions(options);
  const subject = `${describeSubject(options)}${limits}`;
  const isTrained = report.training !== undefined;
  const many = isTrained ? "trainings" : "queries";
  // The codes of a live search are trained: a table has its own.
  const codes = options.estimationCode === undefined ? [] : [`--estimation-code ${quoteWord(options.estimationCode)}`];
  const tableCodes = isTrained && options.estimationCode !== "none" ? [] : codes;
  const detailsWith = (chosen: readonly string[]): string =>
    [
      `--strategy ${quoteWord(options.strategy)}`,
      ...(options.objectives === undefined ? [] : [`--objectives ${quoteWord(options.objectives)}`]),
      ...(options.label === undefined ? [] : [`--label ${quoteWord(options.label)}`]),
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
      const storage = options.storage === undefined ? "" : ` --storage ${quoteWord(options.storage)}`;
      const budget = report.ended === "stopped" ? "" : ` --budget ${more}`;
      steps.push([
        report.ended === "stopped" ? "go on where it stopped:" : `go on to ${more} ${many}:`,
        `assay resume ${quoteWord(options.study)}${storage}${budget}`,
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
      `assay search --benchmark ${quoteWord(options.benchmark)}${limits} ${detailsWith(tableCodes)} --budget ${more}`,
    ]);
  }
  // A comparison follows the best label, not a front.
  if (options.benchmark !== undefined && report.front === undefined) {
    const label = [...(options.label === undefined ? [] : [`--label ${quoteWord(options.label)}`]), ...tableCodes]
      .map((words) => ` ${words}`)
      .join("");
    const rivals = ["regularized-evolution", "random"].filter((rival) => rival !== options.strategy).join(" ");
    steps.push([
      "see whether that was luck, over 10 seeds and against other strategies:",
      `assay compare --benchmark ${quoteWord(options.benchmark)}${limits}${label} --strategies ${quoteWord(options.strategy)} ${rivals} --budget ${options.budget} --out results/`,
    ]);
  }
  return steps;
}

/** What was searched, as options. */
function describeSubject(options: SearchCommandOptions): string {
  const { benchmark, live, space, train, trainer } = options;
  if (benchmark !== undefined) return `--benchmark ${quoteWord(benchmark)}${live === true ? " --live" : ""}`;
  const how =
    train === undefined
      ? describeOwn(options)
      : `--train ${quoteWord(train)}${trainer === undefined ? "" : ` --trainer ${quoteWord(trainer)}`}`;
  return `--space ${quoteWord(space ?? "")} ${how}`;
}

function describeOwn({ evaluate, command, http, logFolder }: SearchCommandOptions): string {
  // One word in quotes is right whether or not the command has options of its own.
  if (command !== undefined)
    return `--command ${quoteWord(joinWords(command))}${logFolder === undefined ? "" : ` --log-folder ${quoteWord(logFolder)}`}`;
  return http === undefined ? `--evaluate ${quoteWord(evaluate ?? "")}` : `--http ${quoteWord(shownAddress(http))}`;
}

function describeLimitOptions({ limit = [], costs = [] }: SearchCommandOptions): string {
  return [
    ...limit.map((text) => ` --limit ${quoteWord(text)}`),
    ...costs.map((name) => ` --costs ${quoteWord(name)}`),
  ].join("");
}
