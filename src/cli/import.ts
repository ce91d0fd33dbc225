import { Argument, Command, Option } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay import`. */
export function importCommand(session: Session): Command {
  return new Command("import")
    .description("Turn a published benchmark file into a pack. Without arguments: list the formats.")
    .addArgument(new Argument("[format]", "format of the file or folder"))
    .addArgument(new Argument("[path]", "file or folder to read"))
    .addOption(new Option("--name <name>", "name of the benchmark").default(undefined, "the format's own"))
    .addOption(
      new Option("--out <folder>", "where to write the pack (<name>.parquet)").default(undefined, "your data folder"),
    )
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (format, path, options) => {
      const { runImport } = await import("./run/import.js");
      await runImport(session, format, path, options);
    });
}
