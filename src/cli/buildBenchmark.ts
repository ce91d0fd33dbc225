import { Argument, Command, Option } from "commander";
import { commonOptions, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay build-benchmark`. */
export function buildBenchmarkCommand(session: Session): Command {
  return new Command("build-benchmark")
    .description(
      "Train every architecture of a space and make a pack of the results. Without arguments: list the recipes. A build " +
        "that was stopped or killed goes on where it was when the same command is run again.",
    )
    .addArgument(
      new Argument("[recipe]", "name of a recipe; with --limit also name:setting=value,… to try other settings"),
    )
    .addOption(new Option("--recipe <file>", "a recipe of your own, in JSON"))
    .addOption(
      new Option(
        "--limit <count>",
        "try the recipe on a random sample of so many architectures; writes no pack",
      ).argParser(wholeNumber(1, 10_000_000)),
    )
    .addOption(
      new Option("--out <file>", "the pack to write (.parquet)").default(
        undefined,
        "<name>.parquet in your data folder",
      ),
    )
    .addOption(new Option("--figure <file>", "draw the histogram of test accuracies (.svg)"))
    .addOption(new Option("--keep-partial", "keep the trainings beside the pack, to write it again without training"))
    .addOption(commonOptions.threads())
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (recipe, options) => {
      const { runBuildBenchmark } = await import("./run/buildBenchmark.js");
      await runBuildBenchmark(session, recipe, options);
    });
}
