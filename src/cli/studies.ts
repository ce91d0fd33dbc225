import { Command } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay studies`. */
export function studiesCommand(session: Session): Command {
  return new Command("studies")
    .description("List the studies that a file keeps, how far they have come and who writes to them.")
    .addOption(commonOptions.storage())
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { listStudies } = await import("./run/studies.js");
      await listStudies(session, options);
    });
}
