import { describeIssue } from "../describeIssue.js";
import { AssayError } from "../errors.js";
import type { Catalogue } from "../space/catalogue.js";
import { limitsOf } from "../space/index.js";
import type { Observation } from "../strategy/contract.js";
import { type SearchTraining, searchReportSchema } from "./searchReport.js";

/** Where the labels of a search come from. */
interface ExpectedLabels {
  readonly benchmark?: string | undefined;
  readonly packChecksum?: string | undefined;
  readonly label: string;
  readonly seed: number;
  /** Where the built-in trainer gives the labels. */
  readonly training?: SearchTraining | undefined;
}

/**
 * The evaluations of a search that was written to a file, for another that begins with them; failed ones are left out. Throws AssayError
 * where the text is no such file or belongs to another space.
 *
 * @param text what `assay search --out` wrote
 * @param source name of the file, for messages
 * @param expected labels of the new search: those of another table, or drawn anew from another seed, would mislead
 */
export function readEarlierTrials(
  text: string,
  source: string,
  catalogue: Catalogue,
  expected: ExpectedLabels,
): Observation[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw notASearch(source, (error as Error).message);
  }
  const parsed = searchReportSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw notASearch(source, `${issue.path.join(".") || "the whole file"}: ${describeIssue(issue)}`);
  }
  const report = parsed.data;
  if (report.space !== catalogue.space.name) {
    throw new AssayError("other-search", `${source} is a search of ${report.space}, not of ${catalogue.space.name}.`);
  }
  if (
    report.benchmark !== expected.benchmark ||
    (expected.benchmark !== undefined && report.label !== expected.label)
  ) {
    throw new AssayError(
      "other-search",
      `${source} has labels of ${nameLabels(report)}, this search of ${nameLabels(expected)}.`,
      "Give the same --benchmark and --label as then.",
    );
  }
  if (report.packChecksum !== expected.packChecksum) {
    throw new AssayError(
      "other-search",
      `${source} has labels of another version of ${report.benchmark}: its measurements were changed since.`,
      "Begin a new search.",
    );
  }
  if (nameTraining(report.training) !== nameTraining(expected.training)) {
    throw new AssayError(
      "other-search",
      `${source} has labels of ${nameTraining(report.training)}, this search of ${nameTraining(expected.training)}.`,
      "Give the same --train and --trainer as then.",
    );
  }
  if (expected.benchmark !== undefined && isDrawn(report.label) && report.seed !== expected.seed) {
    throw new AssayError(
      "other-search",
      `${source} has labels that were drawn with seed ${report.seed} (${report.label}), this search with seed ${expected.seed}.`,
      `Give --seed ${report.seed} as then.`,
    );
  }
  return report.trials.flatMap(({ architecture, label }) =>
    label === null ? [] : [{ architecture: idOf(architecture, source, catalogue), label }],
  );
}

/** The same text for the same recipe, in whatever order its settings were given. */
function nameTraining(training: SearchTraining | undefined): string {
  if (training === undefined) return "no training of ours";
  const settings = Object.entries(training.settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `trainings on ${training.dataset}${settings.length === 0 ? "" : ` with ${settings.sort().join(", ")}`}`;
}

/** Whether a label rule draws its labels from the seed. */
function isDrawn(rule: string): boolean {
  return rule === "random-seed" || rule.startsWith("noisy(");
}

function idOf(text: string, source: string, { space, idOf: number }: Catalogue): number {
  try {
    return number(space.parse(text));
  } catch (error) {
    if (limitsOf(space).length > 0) {
      throw new AssayError(
        "other-search",
        `${source} has an architecture that does not keep the limits: ${(error as Error).message}`,
        "Give the same --limit as then.",
      );
    }
    throw notASearch(source, (error as Error).message);
  }
}

function nameLabels({ benchmark, label }: { benchmark?: string | undefined; label: string }): string {
  return benchmark === undefined ? label : `${benchmark} (${label})`;
}

function notASearch(source: string, reason: string): AssayError {
  return new AssayError("bad-search-file", `${source} is not a search that assay wrote: ${reason}`);
}
