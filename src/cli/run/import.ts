import { importBenchmark, importFormats } from "../../benchmark/index.js";
import { AssayError } from "../../errors.js";
import { describeOptions } from "../../options.js";
import { checkOutput } from "../outputFile.js";
import { note, print, printJson, type Session } from "../session.js";
import { formatCount } from "../text/numbers.js";
import { createProgressLine } from "../text/progressLine.js";
import { wrapText } from "../text/wrapText.js";

/** Options of `assay import`, as the command line gives them. */
export interface ImportCommandOptions {
  readonly name?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export async function runImport(
  session: Session,
  format: string | undefined,
  path: string | undefined,
  { name, out, json = false }: ImportCommandOptions,
): Promise<void> {
  if (format === undefined) {
    listFormats(session, json);
    return;
  }
  if (path === undefined) {
    throw new AssayError("missing-path", "The path to import is missing.", `Write: assay import ${format} <path>`);
  }
  const folder = out === undefined ? undefined : checkOutput(out, [], true).path;
  const line = createProgressLine(session);
  const pack = await importBenchmark(format, path, {
    name,
    folder,
    signal: session.signal,
    onProgress: ({ message, fraction }) =>
      line.show({ done: Math.round(100 * fraction), total: 100, what: "%", text: message }),
  }).finally(line.clear);
  const { metadata } = pack;
  if (json) {
    printJson(session, { schema: 1, path: pack.source ?? null, metadata });
    return;
  }
  print(session, `${metadata.name}: ${formatCount(metadata.rows)} rows, ${metadata.metrics.length} metrics`);
  if (pack.source !== undefined) print(session, `written to ${pack.source}`);
  for (const remark of metadata.notes) note(session, `note: ${remark}`);
  const named = out === undefined ? metadata.name : pack.source;
  print(session, `Next: assay search --benchmark ${named}`);
}

function listFormats(session: Session, json: boolean): void {
  const formats = Object.values(importFormats);
  if (json) {
    printJson(session, {
      schema: 1,
      formats: formats.map(({ name, description, expects, options }) => ({
        name,
        description,
        expects,
        options: describeOptions(options),
      })),
    });
    return;
  }
  const { out, outColours } = session.terminal;
  const width = Math.min(100, out.columns);
  for (const { name, description, expects, options } of formats) {
    print(session, outColours.bold(name));
    print(session, wrapText(`${description}.`, width, 2));
    print(session, wrapText(`Path: ${expects}.`, width, 2));
    for (const option of describeOptions(options)) {
      const head = `${option.name}=${String(option.default)}`;
      print(session, `  ${outColours.cyan(head)}  ${option.description} (${option.type})`);
    }
  }
  print(session, "\nUse one: assay import <format>:option=value <path>");
}
