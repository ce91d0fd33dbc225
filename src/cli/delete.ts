import { Command, Option } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay delete`. */
export function deleteCommand(session: Session): Command {
  return new Command("delete")
    .description("Delete a study with all its trials; asks first.")
    .argument("<study>", "name of the study; see `assay studies`")
    .addOption(commonOptions.storage())
    .addOption(new Option("-y, --yes", "do not ask"))
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (study, options) => {
      const { runDelete } = await import("./run/deleteStudy.js");
      await runDelete(session, study, options);
    });
}
