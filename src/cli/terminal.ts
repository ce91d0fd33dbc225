import pc from "picocolors";

/** Something that text is written to: a stream of the process, or a list in a test. */
export interface TextSink {
  write(text: string): void;
  /** Whether a person watches. */
  readonly isTerminal: boolean;
  /** Letters in a line; 80 where nobody knows. */
  readonly columns: number;
}

export type Colours = ReturnType<typeof pc.createColors>;

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: TextSink;
  readonly err: TextSink;
  readonly outColours: Colours;
  readonly errColours: Colours;
}

/** The terminal of this process. Colours only where a person watches and NO_COLOR is not set. */
export function processTerminal(environment: NodeJS.ProcessEnv = process.env): Terminal {
  const sink = (stream: NodeJS.WriteStream): TextSink => ({
    write: (text) => void stream.write(text),
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
    outColours: pc.createColors(coloured(out)),
    errColours: pc.createColors(coloured(err)),
  };
}
