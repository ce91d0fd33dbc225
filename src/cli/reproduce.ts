import { Argument, Command, Option } from "commander";
import { commonOptions, wholeNumber, wholeNumbers } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay reproduce`. */
export function reproduceCommand(session: Session): Command {
  return new Command("reproduce")
    .description("Make a figure or a table of a publication again and compare it with what was reported.")
    .addArgument(new Argument("[name]", "which one; without it, they are listed"))
    .addOption(
      new Option("--seeds <count>", "runs of each method at each N under each label rule")
        .argParser(wholeNumber(1, 100_000))
        .default(100),
    )
    .addOption(commonOptions.firstSeed())
    .addOption(new Option("--methods <names...>", "only these methods").default(undefined, "all"))
    .addOption(
      new Option("--labels <rules...>", "label rules, each with runs of its own").default(["mean", "random-seed"]),
    )
    .addOption(
      new Option("--samples <counts...>", "N of the curves that grow with N")
        .argParser(wholeNumbers(1, 10_000_000))
        .default(undefined, "the reproduction's own"),
    )
    .addOption(
      new Option("-b, --benchmark <name>", "another benchmark; nothing is compared with reported numbers then").default(
        undefined,
        "the published one",
      ),
    )
    .addOption(commonOptions.estimationCode())
    .addOption(commonOptions.threads())
    .addOption(
      new Option(
        "--out <folder>",
        "write figures, tables and JSON there, and keep runs there, so that the same command goes on after Ctrl-C",
      ),
    )
    .addOption(new Option("--only-stored", "run nothing: show what the runs in --out give so far"))
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (name, options) => {
      const { runReproduce } = await import("./run/reproduce.js");
      await runReproduce(session, name, options);
    });
}
