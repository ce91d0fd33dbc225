import { Command, Option } from "commander";
import { commonOptions, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay search`. */
export function searchCommand(session: Session): Command {
  return new Command("search")
    .description("Search for the best architecture, on a benchmark or with your own evaluation.")
    .addOption(commonOptions.benchmark())
    .addOption(
      new Option("--space <file>", "search space: a YAML or JSON file, or a name; needs --evaluate or --train"),
    )
    .addOption(new Option("--evaluate <module>", "JavaScript module that exports a function evaluate"))
    .addOption(
      new Option(
        "--train <dataset>",
        "with --space NAME: train each architecture with the built-in trainer; see `assay datasets`",
      ),
    )
    .addOption(
      new Option("--trainer <settings>", "with --train: option=value,… of the built-in trainer; see `assay datasets`"),
    )
    .addOption(new Option("--live", "with --benchmark: train each architecture as its table was made, look nothing up"))
    .addOption(
      new Option("-s, --strategy <spec>", "name or name:option=value,…; see `assay strategies`").default("default"),
    )
    .addOption(
      new Option("--budget <queries>", "architectures to evaluate, the initial sample included")
        .argParser(wholeNumber(1, 10_000_000))
        .default(undefined, "100, or as before where a study goes on"),
    )
    .addOption(commonOptions.batch())
    .addOption(commonOptions.label())
    .addOption(commonOptions.estimationCode("; live searches train theirs: losses:epochs=3,share=0.25"))
    .addOption(commonOptions.seed())
    .addOption(
      new Option("--parallel <count>", "evaluations at the same time, at most one batch unless --asynchronous")
        .argParser(wholeNumber(1, 1024))
        .default(undefined, "1; with --live or --train one on each thread"),
    )
    .addOption(
      new Option(
        "--asynchronous",
        "suggest anew as soon as one evaluation ends, not when a batch is done: nobody waits, but results depend on which ends first",
      ),
    )
    .addOption(
      new Option("--retries <count>", "try a failed evaluation again so many times")
        .argParser(wholeNumber(0, 100))
        .default(undefined, "0"),
    )
    .addOption(
      new Option("--timeout <seconds>", "with --evaluate: an evaluation that takes longer has failed").argParser(
        wholeNumber(1, 1_000_000_000),
      ),
    )
    .addOption(commonOptions.threads())
    .addOption(new Option("--out <file>", "write the whole search to a .json file, also when it is stopped"))
    .addOption(
      new Option("--report <file>", "write a page with figures and all trials to an .html file, also when stopped"),
    )
    .addOption(new Option("--study <name>", "keep every trial under this name; a study that is there already goes on"))
    .addOption(commonOptions.storage())
    .addOption(
      new Option(
        "--warm-start <source>",
        "begin with earlier evaluations: a study, a .csv with columns architecture and label, or a .json of --out; they do not count",
      ),
    )
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { runSearch } = await import("./run/search.js");
      await runSearch(session, options);
    });
}
