import { Command } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay predictors`. */
export function predictorsCommand(session: Session): Command {
  return new Command("predictors")
    .description("List the predictors with their options, defaults and encodings.")
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { listPredictors } = await import("./run/lists.js");
      listPredictors(session, options);
    });
}
