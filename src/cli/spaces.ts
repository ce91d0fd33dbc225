import { Command } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay spaces`. */
export function spacesCommand(session: Session): Command {
  return new Command("spaces")
    .description("List the search spaces with their options.")
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { listSpaces } = await import("./run/lists.js");
      listSpaces(session, options);
    });
}
