import { Command } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay datasets`. */
export function datasetsCommand(session: Session): Command {
  return new Command("datasets")
    .description("List the data sets that --train takes, and the settings of the built-in trainer.")
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { listDatasets } = await import("./run/lists.js");
      listDatasets(session, options);
    });
}
