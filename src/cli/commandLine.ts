import { Command, CommanderError, type Option } from "commander";
import { AssayError } from "../errors.js";
import { version } from "../version.js";
import { benchmarksCommand } from "./benchmarks.js";
import { buildBenchmarkCommand } from "./buildBenchmark.js";
import { compareCommand } from "./compare.js";
import { dashboardCommand } from "./dashboard.js";
import { datasetsCommand } from "./datasets.js";
import { deleteCommand } from "./delete.js";
import { exportTrialsCommand } from "./exportTrials.js";
import { reportFailure } from "./failure.js";
import { importCommand } from "./import.js";
import { initCommand } from "./init.js";
import { predictCommand } from "./predict.js";
import { predictorsCommand } from "./predictors.js";
import { reportCommand } from "./report.js";
import { reproduceCommand } from "./reproduce.js";
import { resumeCommand } from "./resume.js";
import { searchCommand } from "./search.js";
import { exitCodes, note, type Session } from "./session.js";
import { showCommand } from "./show.js";
import { spacesCommand } from "./spaces.js";
import { strategiesCommand } from "./strategies.js";
import { studiesCommand } from "./studies.js";
import type { Terminal } from "./terminal.js";
import { workerCommand } from "./worker.js";

/*
 * Commands import what they need when they run: `assay --help` loads none of it.
 */
const commands = [
  searchCommand,
  resumeCommand,
  workerCommand,
  compareCommand,
  predictCommand,
  reproduceCommand,
  initCommand,
  importCommand,
  buildBenchmarkCommand,
  dashboardCommand,
  reportCommand,
  studiesCommand,
  showCommand,
  exportTrialsCommand,
  deleteCommand,
  benchmarksCommand,
  spacesCommand,
  strategiesCommand,
  predictorsCommand,
  datasetsCommand,
];

/** Commands that take a command of the user after `--`. */
const takeCommand: readonly string[] = ["search", "worker"];

/**
 * Runs one command line and gives its exit code.
 *
 * @param words the arguments, without `node` and the program
 * @param signal aborted where the user wants it to stop
 * @param atOnce aborted where the user says so again, and a command has something to tidy up even then
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  signal: AbortSignal = new AbortController().signal,
  atOnce: AbortSignal = new AbortController().signal,
): Promise<number> {
  // Commander would read options of the command after the dashes as ours.
  const dashes = words.indexOf("--");
  const own = dashes < 0 ? words : words.slice(0, dashes);
  const session: Session = {
    terminal,
    signal,
    atOnce,
    exitCode: exitCodes.done,
    verbose: own.includes("--verbose"),
    ...(dashes < 0 ? {} : { wordsAfterDashes: words.slice(dashes + 1) }),
  };
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
    if (dashes >= 0 && !takeCommand.includes(own[0])) throw dashesMistake(own[0]);
    await program.parseAsync([...own], { from: "user" });
    return session.exitCode;
  } catch (error) {
    if (own.includes("--command") && error instanceof CommanderError && error.code === "commander.unknownOption") {
      note(
        session,
        `${terminal.errColours.cyan("hint:")} A command with options of its own comes last, after --: … -- python3 train.py --lr 0.1`,
      );
    }
    return reportFailure(error, session);
  }
}

function dashesMistake(command: string | undefined): AssayError {
  return new AssayError(
    "bad-options",
    `What follows -- is a command that trains architectures: assay${command === undefined ? "" : ` ${command}`} runs none.`,
    `These do: ${takeCommand.map((name) => `assay ${name}`).join(", ")}.`,
  );
}

/** Names what holds where an option is left out: a value, several in one line, or, unlike commander itself, words alone. */
function describeOption({ description, defaultValue, defaultValueDescription }: Option): string {
  const values = Array.isArray(defaultValue) ? defaultValue.join(" ") : JSON.stringify(defaultValue);
  const shown = defaultValueDescription ?? values;
  return shown === undefined ? description : `${description} (default: ${shown})`;
}
