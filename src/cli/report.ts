import { Command, Option } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay report`. */
export function reportCommand(session: Session): Command {
  return new Command("report")
    .description(
      "Write studies into one HTML file, with the pages of the dashboard, or all their figures as SVG with their numbers as CSV. " +
        "It needs no server, no browser and no network.",
    )
    .argument("<study...>", "names of the studies; see `assay studies`")
    .addOption(commonOptions.storage())
    .addOption(
      new Option("-o, --out <file>", "where to write the page; without --figures it is report.html unless you say"),
    )
    .addOption(
      new Option(
        "--figures <folder>",
        "write every figure there as SVG, with its numbers as CSV; the page only with -o",
      ),
    )
    .addOption(
      new Option("--map", "with the map of the space even where that takes more than a few seconds; of a single study"),
    )
    .addOption(new Option("--no-map", "without the map; figures have one however long it takes").default(undefined))
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .addHelpText(
      "after",
      `
Two studies, and how they compare:
  assay report first second -o both.html
All figures for a paper:
  assay report first second --figures figures/`,
    )
    .action(async (studies, options) => {
      const { runReport } = await import("./run/report.js");
      await runReport(session, studies, options);
    });
}
