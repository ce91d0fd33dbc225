import { Command, Option } from "commander";
import { commonOptions, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay compare`. */
export function compareCommand(session: Session): Command {
  return new Command("compare")
    .description("Run several strategies with many seeds each and compare how fast they find good architectures.")
    .addOption(commonOptions.benchmark().makeOptionMandatory())
    .addOption(
      new Option("-s, --strategies <specs...>", "names or name:option=value,…; see `assay strategies`").default([
        "default",
        "weaknas",
        "regularized-evolution",
        "random",
      ]),
    )
    .addOption(
      new Option("--budget <queries>", "queries of each run, the initial sample included")
        .argParser(wholeNumber(1, 10_000_000))
        .default(150),
    )
    .addOption(new Option("--seeds <count>", "runs of each strategy").argParser(wholeNumber(1, 100_000)).default(10))
    .addOption(commonOptions.firstSeed())
    .addOption(commonOptions.batch())
    .addOption(commonOptions.label())
    .addOption(commonOptions.estimationCode())
    .addOption(commonOptions.limit())
    .addOption(commonOptions.costs())
    .addOption(commonOptions.threads())
    .addOption(
      new Option(
        "-o, --out <path>",
        "write a .html report with all figures and tables, a .svg, a .json, or all of it to a folder",
      ),
    )
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .addHelpText(
      "after",
      `
A page to share, which needs no server and no network:
  assay compare --benchmark digits201 --budget 100 --out report.html`,
    )
    .action(async (options) => {
      const { runCompare } = await import("./run/compare.js");
      await runCompare(session, options);
    });
}
