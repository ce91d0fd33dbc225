import { Command, type Option } from "commander";
import { version } from "../version.js";
import { benchmarksCommand } from "./benchmarks.js";
import { buildBenchmarkCommand } from "./buildBenchmark.js";
import { compareCommand } from "./compare.js";
import { datasetsCommand } from "./datasets.js";
import { reportFailure } from "./failure.js";
import { importCommand } from "./import.js";
import { predictCommand } from "./predict.js";
import { predictorsCommand } from "./predictors.js";
import { reproduceCommand } from "./reproduce.js";
import { resumeCommand } from "./resume.js";
import { searchCommand } from "./search.js";
import { exitCodes, type Session } from "./session.js";
import { spacesCommand } from "./spaces.js";
import { strategiesCommand } from "./strategies.js";
import type { Terminal } from "./terminal.js";

/*
 * Commands import what they need when they run: `assay --help` loads none of it.
 */
const commands = [
  searchCommand,
  resumeCommand,
  compareCommand,
  predictCommand,
  reproduceCommand,
  importCommand,
  buildBenchmarkCommand,
  benchmarksCommand,
  spacesCommand,
  strategiesCommand,
  predictorsCommand,
  datasetsCommand,
];

/**
 * Runs one command line and gives its exit code.
 *
 * @param words the arguments, without `node` and the program
 * @param signal aborted where the user wants it to stop
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const session: Session = { terminal, signal, exitCode: exitCodes.done, verbose: words.includes("--verbose") };
  const program = new Command("assay")
    .description("Find strong neural architectures while training only a handful of candidates.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("Run with --help to see what there is.")
    .addHelpText(
      "after",
      `
Start here:
  assay search --benchmark digits201 --live --budget 40
  assay benchmarks
  assay compare --benchmark digits201 --seeds 5 --out results/`,
    );
  for (const create of commands) program.addCommand(create(session));
  for (const command of [program, ...program.commands]) {
    command
      .configureHelp({ optionDescription: describeOption })
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => terminal.out.write(text),
        writeErr: (text) => terminal.err.write(text),
        getOutHelpWidth: () => Math.min(100, terminal.out.columns),
        getErrHelpWidth: () => Math.min(100, terminal.err.columns),
        outputError: (text, write) => write(text.replace(/^error:/, terminal.errColours.red("error:"))),
      });
  }
  try {
    await program.parseAsync([...words], { from: "user" });
    return session.exitCode;
  } catch (error) {
    return reportFailure(error, session);
  }
}

/** Names what holds where an option is left out: a value, several in one line, or, unlike commander itself, words alone. */
function describeOption({ description, defaultValue, defaultValueDescription }: Option): string {
  const values = Array.isArray(defaultValue) ? defaultValue.join(" ") : JSON.stringify(defaultValue);
  const shown = defaultValueDescription ?? values;
  return shown === undefined ? description : `${description} (default: ${shown})`;
}
