import { Argument, Command, Option } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay init`. */
export function initCommand(session: Session): Command {
  return new Command("init")
    .description(
      "Write a folder with a search space and a training script to begin with. Without arguments: list what there is. " +
        "Nothing is overwritten.",
    )
    .addArgument(new Argument("[starter]", "what the training script uses: pytorch"))
    .addArgument(
      new Argument("[folder]", "where to write; made where it is not there").default(undefined, "<starter>-<space>"),
    )
    .addOption(new Option("--space <name>", "what is searched: nasbench201, nanobench or choice (a space of your own)"))
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (starter, folder, options) => {
      const { runInit } = await import("./run/init.js");
      runInit(session, starter, folder, options);
    });
}
