import { Command, Option } from "commander";
import { commonOptions, duration, wholeNumber } from "./arguments.js";
import type { Session } from "./session.js";

/** `assay search`. */
export function searchCommand(session: Session): Command {
  return new Command("search")
    .description("Search for the best architecture, on a benchmark or with your own evaluation.")
    .addOption(commonOptions.benchmark())
    .addOption(
      new Option(
        "--space <file>",
        "search space: a YAML or JSON file, or a name; needs --evaluate, --command, --http, --queue or --train",
      ),
    )
    .addOption(new Option("--evaluate <module>", "JavaScript module that exports a function evaluate"))
    .addOption(
      new Option(
        "--command <words...>",
        "program that trains one architecture; one with options of its own comes after --",
      ),
    )
    .addOption(new Option("--http <url>", "service that trains one architecture for each POST"))
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
    .addOption(
      new Option(
        "--objectives <names>",
        "search the Pareto front: accuracy,flops or accuracy,latency:min; two or three, the label first",
      ),
    )
    .addOption(commonOptions.batch())
    .addOption(commonOptions.label())
    .addOption(commonOptions.estimationCode("; live searches train theirs: losses:epochs=3,share=0.25"))
    .addOption(commonOptions.limit())
    .addOption(commonOptions.costs())
    .addOption(commonOptions.seed())
    .addOption(
      new Option(
        "--parallel <count>",
        "evaluations at the same time, at most one batch unless --asynchronous; where you evaluate, also the batch of the strategy default, unless --batch is given",
      )
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
        .default(undefined, "0; with --command, --http or --queue 1"),
    )
    .addOption(
      new Option(
        "--median-rule <spec>",
        "with --command or --queue: stop a training that does worse than half of the earlier ones, as <series>[:after=5,least=5], such as accuracy",
      ),
    )
    .addOption(
      new Option(
        "--timeout <duration>",
        "with --evaluate, --command, --http or --queue: an evaluation that takes longer (45s, 90m, 2h) has failed",
      ).argParser(duration),
    )
    .addOption(
      new Option("--log-folder <folder>", "with --command: where the output of each trial is kept").default(
        undefined,
        "assay-logs/<study>",
      ),
    )
    .addOption(
      new Option("--queue [url]", "hand trials to `assay worker` on other machines: redis://host:6379").default(
        undefined,
        "the variable ASSAY_QUEUE_URL where no url is given",
      ),
    )
    .addOption(new Option("--queue-name <name>", "with --queue: name of the queue").default(undefined, "assay"))
    .addOption(commonOptions.threads())
    .addOption(new Option("--out <file>", "write the whole search to a .json file, also when it is stopped"))
    .addOption(
      new Option("--report <file>", "write a page with figures and all trials to an .html file, also when stopped"),
    )
    .addOption(new Option("--study <name>", "keep every trial under this name; a study that is there already goes on"))
    .addOption(commonOptions.storage())
    .addOption(
      new Option("--dashboard [port]", "show the search in the browser while it runs; see `assay dashboard`").argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .addOption(
      new Option(
        "--warm-start <source>",
        "begin with earlier evaluations: a study, a .csv with columns architecture and label, or a .json of --out; they do not count",
      ),
    )
    .addOption(commonOptions.json())
    .addOption(commonOptions.verbose())
    .addHelpText(
      "after",
      `
Your own training script, with options of its own:
  assay search --space space.yaml --timeout 2h -- python3 train.py --lr 0.1`,
    )
    .action(async (options) => {
      const [{ runSearch }, { readCommandWords }, { withSearchDashboard }] = await Promise.all([
        import("./run/search.js"),
        import("./run/commandWords.js"),
        import("./run/searchDashboard.js"),
      ]);
      const queueName = options.queueName ?? (options.queue === undefined ? undefined : "assay");
      const command = readCommandWords(options.command, session.wordsAfterDashes);
      const all = { ...options, ...command, ...(queueName === undefined ? {} : { queueName }) };
      await withSearchDashboard(session, all, () => runSearch(session, all));
    });
}
