import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AssayError, suggestName } from "../errors.js";
import type { Evaluator } from "./contract.js";
import { createFunctionEvaluator, type EvaluationFunction, type FunctionEvaluatorOptions } from "./function.js";

/** Options of `loadModuleEvaluator`. */
export type ModuleEvaluatorOptions = Omit<FunctionEvaluatorOptions, "name">;

const EXPORTS = ["default", "evaluate"];

/**
 * Loads an evaluation function from a JavaScript module: its default export, or the export `evaluate`. The module runs in
 * this process with all its rights. Throws AssayError where there is no such file or function, or the module does not load.
 *
 * @param path of the file, relative to the working folder
 * @example
 * const evaluator = await loadModuleEvaluator("examples/objective.mjs", { timeout: 60 });
 */
export async function loadModuleEvaluator(path: string, options: ModuleEvaluatorOptions = {}): Promise<Evaluator> {
  const loaded = await importModule(path);
  const name = EXPORTS.find((candidate) => typeof loaded[candidate] === "function");
  if (name === undefined) throw exportMistake(path, loaded);
  return createFunctionEvaluator(loaded[name] as EvaluationFunction, { ...options, name: path });
}

/** Everything that a JavaScript module of the user exports. Throws AssayError where there is no such file or it does not load. */
export async function importModule(path: string): Promise<Record<string, unknown>> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => undefined);
  if (found === undefined) throw new AssayError("no-module", `There is no file ${path}.`, `Looked for ${absolute}.`);
  if (!found.isFile()) throw new AssayError("no-module", `${path} is not a file.`, "Give a JavaScript module.");
  try {
    return await import(pathToFileURL(absolute).href);
  } catch (error) {
    throw loadMistake(path, error);
  }
}

function loadMistake(path: string, error: unknown): AssayError {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = message.split(/\r?\n/, 1)[0];
  const place = error instanceof Error ? placeOf(error) : undefined;
  const code = (error as { code?: unknown } | null)?.code;
  const hint =
    code === "ERR_UNKNOWN_FILE_EXTENSION"
      ? "Give a JavaScript module (.mjs or .js); compile TypeScript first."
      : code === "ERR_MODULE_NOT_FOUND"
        ? "Install what it imports, or mend the path of the import."
        : "Run it with node to see the whole error.";
  return new AssayError(
    "bad-module",
    `${path} does not load: ${line}${place === undefined ? "" : ` (${place})`}.`,
    hint,
    {
      cause: error,
    },
  );
}

/** `file:line` of the first line of the stack that has one; a syntax error names it before its message. */
function placeOf(error: Error): string | undefined {
  const match = /(?:file:\/\/)?[^\s()]*?([^\s()/\\]+\.[cm]?js:\d+)(?::\d+)?\)?$/m.exec(error.stack ?? "");
  return match?.[1];
}

function exportMistake(path: string, loaded: Record<string, unknown>): AssayError {
  const names = Object.keys(loaded);
  const functions = names.filter((name) => typeof loaded[name] === "function");
  if ("default" in loaded) {
    const kind = loaded["default"] === null ? "null" : typeof loaded["default"];
    return new AssayError(
      "bad-module",
      `The default export of ${path} is no function but ${kind === "object" ? "an object" : kind}.`,
      "Write export default async function ({ parameters }) { … }.",
    );
  }
  const listed = names.length === 0 ? "It exports nothing." : `It exports ${names.join(", ")}.`;
  const hint = functions.length === 1 ? `Write export default ${functions[0]}.` : suggestExport(names);
  return new AssayError("bad-module", `${path} has no default export and no export evaluate. ${listed}`, hint);
}

function suggestExport(names: readonly string[]): string {
  const nearest = names.length === 0 ? "" : suggestName("evaluate", names);
  return nearest.startsWith("Did you mean")
    ? `Rename the export: evaluate.`
    : "Write export default async function ({ parameters }) { … }.";
}
