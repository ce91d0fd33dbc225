import { Command } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay strategies`. */
export function strategiesCommand(session: Session): Command {
  return new Command("strategies")
    .description("List the strategies with their options and defaults.")
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { listStrategies } = await import("./run/lists.js");
      listStrategies(session, options);
    });
}
