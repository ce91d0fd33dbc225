import { Command, Option } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay report`. */
export function reportCommand(session: Session): Command {
  return new Command("report")
    .description(
      "Write studies into one HTML file, with the pages of the dashboard. It needs no server and no network.",
    )
    .argument("<study...>", "names of the studies; see `assay studies`")
    .addOption(commonOptions.storage())
    .addOption(new Option("-o, --out <file>", "where to write it").default("report.html"))
    .addOption(
      new Option("--map", "with the map of the space even where that takes more than a few seconds; of a single study"),
    )
    .addOption(commonOptions.verbose())
    .addHelpText(
      "after",
      `
Two studies, and how they compare:
  assay report first second -o both.html`,
    )
    .action(async (studies, options) => {
      const { runReport } = await import("./run/report.js");
      await runReport(session, studies, options);
    });
}
