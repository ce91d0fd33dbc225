import { type Benchmark, type EstimationTable, openBenchmark, openEstimation } from "../../benchmark/index.js";
import { note, noteVerbosely, type Session } from "../session.js";
import { formatCount, formatSeconds } from "../text/numbers.js";
import { createProgressLine } from "../text/progressLine.js";

/** Opens a benchmark, shows progress where its tables are converted first, and says what a reader must know of it. */
export async function openNamedBenchmark(session: Session, name: string): Promise<Benchmark> {
  const started = performance.now();
  const line = createProgressLine(session);
  try {
    const benchmark = await openBenchmark(name, {
      signal: session.signal,
      onProgress: ({ message, fraction }) =>
        line.show({ done: Math.round(100 * fraction), total: 100, what: "%", text: message }),
    });
    line.clear();
    const seconds = (performance.now() - started) / 1000;
    noteVerbosely(
      session,
      `${benchmark.name}: ${formatCount(benchmark.test.length)} architectures in ${formatSeconds(seconds)}` +
        `${benchmark.pack.source === undefined ? "" : ` from ${benchmark.pack.source}`}`,
    );
    for (const remark of benchmark.metadata.notes) noteVerbosely(session, remark);
    return benchmark;
  } finally {
    line.clear();
  }
}

/** Opens the estimation codes that an option names, the benchmark's first without one. */
export async function openNamedEstimation(
  session: Session,
  benchmark: Benchmark,
  name: string | undefined,
): Promise<EstimationTable | undefined> {
  const table = await openEstimation(benchmark, name, { signal: session.signal });
  if (table !== undefined) noteVerbosely(session, `estimation code ${table.name}: ${table.description}`);
  return table;
}

/** Says where results were written. */
export function noteWritten(session: Session, paths: readonly string[]): void {
  for (const path of paths) note(session, `wrote ${path}`);
}
