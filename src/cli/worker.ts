import { Command, Option } from "commander";
import { commonOptions, duration, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay worker`. */
export function workerCommand(session: Session): Command {
  return new Command("worker")
    .description("Take trials from a queue and evaluate them, for a search with --queue on any machine.")
    .addOption(
      new Option("--queue <url>", "redis://host:6379, or rediss://user:password@host:6380 with TLS").default(
        undefined,
        "the variable ASSAY_QUEUE_URL",
      ),
    )
    .addOption(new Option("--name <name>", "name of the queue").default("assay"))
    .addOption(new Option("--command <words...>", "program that trains one architecture, with its arguments"))
    .addOption(new Option("--evaluate <module>", "JavaScript module that exports a function evaluate"))
    .addOption(
      new Option("--concurrency <count>", "trials at the same time").argParser(wholeNumber(1, 1024)).default(1),
    )
    .addOption(
      new Option("--timeout <duration>", "a trial that takes longer has failed: 45s, 90m, 2h")
        .argParser(duration)
        .default(undefined, "no limit, or the search's"),
    )
    .addOption(
      new Option("--lock <duration>", "silence after which others may take the trials of this worker")
        .argParser(duration)
        .default(30, "30s"),
    )
    .addOption(
      new Option("--log-folder <folder>", "with --command: where the output of each trial is kept").default(
        undefined,
        "assay-logs/<study>",
      ),
    )
    .addOption(new Option("--json", "one JSON line on standard output for each finished trial"))
    .addOption(commonOptions.verbose())
    .action(async (options) => {
      const [{ runWorker }, { readCommandWords }] = await Promise.all([
        import("./run/worker.js"),
        import("./run/commandWords.js"),
      ]);
      await runWorker(session, { ...options, ...readCommandWords(options.command, session.wordsAfterDashes) });
    });
}
