import { Command, Option } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay export-trials`. */
export function exportTrialsCommand(session: Session): Command {
  return new Command("export-trials")
    .description("Write the trials of a study as a table, for spreadsheets, pandas or --warm-start.")
    .argument("<study>", "name of the study; see `assay studies`")
    .addOption(commonOptions.storage())
    .addOption(
      new Option("--format <format>", "csv or parquet")
        .choices(["csv", "parquet"])
        .default(undefined, "the ending of --out, or csv"),
    )
    .addOption(new Option("--out <file>", "where to write it").default(undefined, "csv to standard output"))
    .addOption(new Option("--curves", "a row for each trial and epoch, with the series of the trainings"))
    .addOption(commonOptions.verbose())
    .action(async (study, options) => {
      const { runExportTrials } = await import("./run/exportTrials.js");
      await runExportTrials(session, study, options);
    });
}
