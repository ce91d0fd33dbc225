import { Command, Option } from "commander";
import { commonOptions, wholeNumber, wholeNumbers } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay predict`. */
export function predictCommand(session: Session): Command {
  return new Command("predict")
    .description("Fit predictors to random samples of a benchmark and measure how well they rank the rest.")
    .addOption(commonOptions.benchmark().makeOptionMandatory())
    .addOption(
      new Option("-p, --predictors <specs...>", "names or name:option=value,…; see `assay predictors`").default([
        "mlp",
        "gradient-boosting",
        "random-forest",
      ]),
    )
    .addOption(
      new Option("--train-sizes <counts...>", "architectures in a training sample")
        .argParser(wholeNumbers(2, 10_000_000))
        .default([30, 78, 156, 469], "30 78 156 469"),
    )
    .addOption(new Option("--seeds <count>", "samples of each size").argParser(wholeNumber(1, 100_000)).default(10))
    .addOption(commonOptions.firstSeed())
    .addOption(commonOptions.label())
    .addOption(
      new Option("--against <values>", "what rankings are compared with; label: what predictors are told")
        .choices(["test", "label"])
        .default("test"),
    )
    .addOption(commonOptions.threads())
    .addOption(new Option("--out <path>", "write a .svg, a .json, or both to a folder"))
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { runPredict } = await import("./run/predict.js");
      await runPredict(session, options);
    });
}
