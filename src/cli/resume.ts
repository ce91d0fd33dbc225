import { Argument, Command, Option } from "commander";
import { commonOptions, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay resume`. */
export function resumeCommand(session: Session): Command {
  return new Command("resume")
    .description("Go on with a study that was stopped, killed or has spent its budget, exactly where it stood.")
    .addArgument(new Argument("<study>", "its name; see `assay studies`"))
    .addOption(commonOptions.storage())
    .addOption(
      new Option("--budget <queries>", "architectures to evaluate in all")
        .argParser(wholeNumber(1, 10_000_000))
        .default(undefined, "as before"),
    )
    .addOption(
      new Option("--parallel <count>", "evaluations at the same time")
        .argParser(wholeNumber(1, 1024))
        .default(undefined, "as before"),
    )
    .addOption(
      new Option("--retries <count>", "try a failed evaluation again so many times")
        .argParser(wholeNumber(0, 100))
        .default(undefined, "as before"),
    )
    .addOption(
      new Option("--queue [url]", "of a search with --queue: where it is now").default(
        undefined,
        "the variable ASSAY_QUEUE_URL",
      ),
    )
    .addOption(commonOptions.threads())
    .addOption(new Option("--out <file>", "write the whole search to a .json file, also when it is stopped"))
    .addOption(
      new Option("--report <file>", "write a page with figures and all trials to an .html file, also when stopped"),
    )
    .addOption(
      new Option("--dashboard [port]", "show the search in the browser while it runs; see `assay dashboard`").argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .action(async (study, options) => {
      const [{ runResume }, { withSearchDashboard }] = await Promise.all([
        import("./run/resume.js"),
        import("./run/searchDashboard.js"),
      ]);
      await withSearchDashboard(session, options, () => runResume(session, study, options));
    });
}
