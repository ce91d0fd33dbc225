import { AssayError } from "../errors.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Trial } from "../study/index.js";
import { searchReportSchema } from "./searchReport.js";

/**
 * The trials of a search that was written to a file, for another that goes on from them. Throws AssayError where the
 * text is no such file or belongs to another space.
 *
 * @param text what `assay search --out` wrote
 * @param source name of the file, for messages
 * @param expected benchmark of the new search, if it has one: labels of another table would mislead
 */
export function readEarlierTrials(
  text: string,
  source: string,
  catalogue: Catalogue,
  expected: { readonly benchmark?: string | undefined; readonly label: string },
): Trial[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw notASearch(source, (error as Error).message);
  }
  const parsed = searchReportSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw notASearch(source, `${issue.path.join(".") || "the whole file"}: ${issue.message}`);
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
  return report.trials.map(({ failure, ...trial }, number) => ({
    ...trial,
    number,
    architecture: catalogue.idOf(catalogue.space.parse(trial.architecture)),
    label: trial.label ?? Number.NaN,
    metrics: Object.fromEntries(Object.entries(trial.metrics).map(([name, value]) => [name, value ?? Number.NaN])),
    ...(failure === undefined ? {} : { failure }),
  }));
}

function nameLabels({ benchmark, label }: { benchmark?: string | undefined; label: string }): string {
  return benchmark === undefined ? label : `${benchmark} (${label})`;
}

function notASearch(source: string, reason: string): AssayError {
  return new AssayError("bad-search-file", `${source} is not a search that assay wrote: ${reason}`);
}
