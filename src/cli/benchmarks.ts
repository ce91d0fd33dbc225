import { Command } from "commander";
import { commonOptions } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay benchmarks`. */
export function benchmarksCommand(session: Session): Command {
  return new Command("benchmarks")
    .description("List the benchmarks that are there, where they are looked for, and how to get more.")
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const { runBenchmarks } = await import("./run/benchmarks.js");
      runBenchmarks(session, options);
    });
}
