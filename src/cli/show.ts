import { Command, Option } from "commander";
import { commonOptions, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay show`. */
export function showCommand(session: Session): Command {
  return new Command("show")
    .description("Show a study: how far it has come, its best trials and its failures; or one trial of it.")
    .argument("<study>", "name of the study; see `assay studies`")
    .addOption(commonOptions.storage())
    .addOption(
      new Option("--trials <count>", "how many of the best trials").argParser(wholeNumber(0, 1_000_000)).default(10),
    )
    .addOption(new Option("--failures", "all failures, not the last three"))
    .addOption(
      new Option("--trial <number>", "everything of this trial instead").argParser(
        wholeNumber(0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (study, options) => {
      const { showStudy } = await import("./run/showStudy.js");
      await showStudy(session, study, options);
    });
}
