import pc from "picocolors";
import { runCommandLine } from "../src/cli/commandLine.js";
import type { Terminal } from "../src/cli/terminal.js";

/** What a command line wrote and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface HarnessOptions {
  readonly signal?: AbortSignal;
  /** Whether a person watches; colours stay off. */
  readonly watched?: boolean;
  readonly columns?: number;
  /** What the person at the keyboard answers when asked; absent: nobody is there. */
  readonly answer?: string;
  /** Called with everything written to the error stream. */
  readonly onErr?: (text: string) => void;
}

/** Runs a command line in this process and gives what it wrote. */
export async function assay(words: readonly string[], options: HarnessOptions = {}): Promise<Outcome> {
  const { watched = false, columns = 80, answer } = options;
  let out = "";
  let err = "";
  const colours = pc.createColors(false);
  const terminal: Terminal = {
    out: {
      write: (text) => {
        out += text;
      },
      isTerminal: watched,
      columns,
    },
    err: {
      write: (text) => {
        err += text;
        options.onErr?.(text);
      },
      isTerminal: watched,
      columns,
    },
    input: { isTerminal: answer !== undefined, readLine: async () => answer ?? "" },
    outColours: colours,
    errColours: colours,
  };
  const exitCode = await runCommandLine(words, terminal, options.signal);
  return { exitCode, out, err };
}
