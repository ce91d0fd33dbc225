import { createInterface } from "node:readline";
import pc from "picocolors";

/** Something that text is written to: a stream of the process, or a list in a test. */
export interface TextSink {
  write(text: string): void;
  /** Whether a person watches. */
  readonly isTerminal: boolean;
  /** Letters in a line; 80 where nobody knows. */
  readonly columns: number;
}

/** A person who can be asked. */
export interface AnswerSource {
  readonly isTerminal: boolean;
  /** One line, without its end; empty where there is none. Throws where the signal is aborted first. */
  readLine(signal: AbortSignal): Promise<string>;
}

export type Colours = ReturnType<typeof pc.createColors>;

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: TextSink;
  readonly err: TextSink;
  /** Where answers come from; absent where nobody can be asked. */
  readonly input?: AnswerSource;
  readonly outColours: Colours;
  readonly errColours: Colours;
}

/**
 * Names and messages may come from files of others and hold escape sequences that drive a terminal: such characters are
 * shown as JSON writes them (\u009b). Lines, tabs, colours and the redrawn progress line stay.
 */
export function showControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (character, position: number) => {
    if (character === "\n" || character === "\t" || character === "\r") return character;
    if (character === "\u001b" && /^\[(?:[\d;]{0,20}m|K)/.test(text.slice(position + 1, position + 24)))
      return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The terminal of this process. Colours only where a person watches and NO_COLOR is not set. */
export function processTerminal(environment: NodeJS.ProcessEnv = process.env): Terminal {
  const sink = (stream: NodeJS.WriteStream): TextSink => ({
    write: (text) => void stream.write(showControls(text)),
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 80;
    },
  });
  const out = sink(process.stdout);
  const err = sink(process.stderr);
  const coloured = ({ isTerminal }: TextSink): boolean =>
    isTerminal && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
  return {
    out,
    err,
    input: {
      isTerminal: process.stdin.isTTY === true,
      readLine: (signal) => readLine(process.stdin, signal),
    },
    outColours: pc.createColors(coloured(out)),
    errColours: pc.createColors(coloured(err)),
  };
}

function readLine(stream: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  // The terminal keeps its own editing and its Ctrl-C.
  const lines = createInterface({ input: stream, terminal: false });
  return new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("close", () => resolve(""));
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  }).finally(() => lines.close());
}
