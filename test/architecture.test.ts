import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** From the ground up; a floor imports from its own folder and from the floors before it. */
const floors = [
  "ground",
  "kernels",
  "random",
  "stats",
  "nn",
  "space",
  "encoding",
  "predictor",
  "acquisition",
  "strategy",
  "dataset",
  "benchmark",
  "evaluator",
  "study",
  "experiment",
  "view",
  "server",
  "cli",
] as const;
const core: readonly string[] = floors.slice(0, floors.indexOf("dataset"));

/** Files directly under src/ that every floor may import. All others there are entries, which nobody imports. */
const ground = ["conformance", "describeIssue", "errors", "options", "registry", "spec", "version"];
/** Entries, and what they may bring in. */
const entries: Readonly<Record<string, readonly string[]>> = {
  core: [...core, "dataset", "evaluator", "study"],
  conformanceSuites: [...core, "evaluator", "study"],
  coreThreads: core,
  coreWorker: core,
  threads: floors,
  index: floors,
  worker: floors,
};
/** The command line opens the pool of all tasks; other floors are handed one. */
const mayImportEntries: readonly string[] = ["cli", ...Object.keys(entries)];

/** Names that say nothing (style.md). */
const emptyNames = /^(utils?|helpers?|manager|cfg|common|misc|shared|stuff|lib)$/i;

interface SourceFile {
  /** Relative to src/, with forward slashes, without the suffix. */
  readonly name: string;
  readonly code: string;
  readonly imports: readonly string[];
}

function listSources(): SourceFile[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.startsWith("kernels/assembly/"))
    .map((path) => {
      const text = readFileSync(join(root, "src", path), "utf8");
      return { name: path.slice(0, -3), code: withoutComments(text), imports: importsOf(withoutComments(text)) };
    });
}

/** Comments may speak of anything. Strings that hold `//` (addresses) follow a colon. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

/** Every module that a file names: static, type-only, dynamic and re-exported. */
function importsOf(code: string): string[] {
  const clauses = /(?:^|[\s;])(?:import|export)\b(?:[^"'`;=]*?\bfrom)?\s*["']([^"']+)["']/g;
  const calls = /\bimport\(\s*["'`]([^"'`]+)["'`]/g;
  return [...code.matchAll(clauses), ...code.matchAll(calls)].map((match) => match[1]);
}

const sources = listSources();
const shipped = sources.filter(({ name }) => !name.endsWith(".test"));

function floorOf(name: string): string {
  if (name.includes("/")) return name.slice(0, name.indexOf("/"));
  return ground.includes(name) ? "ground" : name;
}

function localImports({ name, imports }: SourceFile): string[] {
  return imports
    .filter((target) => target.startsWith("."))
    .map((target) => posix.join(posix.dirname(name), target).replace(/\.js$/, ""));
}

/** The floors of the core, and whatever else its entries bring into a browser. */
function inCore(): SourceFile[] {
  const reached = new Set(shipped.map(({ name }) => name).filter((name) => core.includes(floorOf(name))));
  const byName = new Map(shipped.map((file) => [file.name, file]));
  const visit = (name: string): void => {
    reached.add(name);
    for (const target of localImports(byName.get(name) ?? { name, code: "", imports: [] })) {
      if (!reached.has(target)) visit(target);
    }
  };
  visit("core");
  visit("coreWorker");
  return shipped.filter(({ name }) => reached.has(name));
}

function violations(files: readonly SourceFile[], find: (file: SourceFile) => string[]): string[] {
  return files.flatMap((file) => find(file).map((found) => `${file.name}: ${found}`));
}

test("the parser sees every kind of import", () => {
  const code = `import a from "a";\nimport { b,\n c } from 'b';\nimport type { D } from "d"; import "e";\nexport * from "f";
    export { g } from "g";\nexport type { H } from "h";\nconst i = await import("i"); type J = import("j").J; const k = "from 'k'";
    export const text = "x"; import * as l from "l";`;
  expect(importsOf(code).sort()).toEqual(["a", "b", "d", "e", "f", "g", "h", "i", "j", "l"]);
  expect(sources.length).toBeGreaterThan(50);
});

describe("the house", () => {
  test("every file stands on a known floor", () => {
    const known = new Set<string>([...floors, ...Object.keys(entries)]);
    expect(shipped.map(({ name }) => floorOf(name)).filter((floor) => !known.has(floor))).toEqual([]);
  });

  test("floors import downward only", () => {
    const found = violations(shipped, (file) => {
      const floor = floorOf(file.name);
      const below = entries[floor] ?? floors.slice(0, floors.indexOf(floor as (typeof floors)[number]) + 1);
      return localImports(file).filter((target) => {
        const wanted = floorOf(target);
        if (wanted in entries) return !mayImportEntries.includes(floor);
        return !(below as readonly string[]).includes(wanted) && wanted !== floor;
      });
    });
    expect(found).toEqual([]);
  });

  test("the core imports nothing from Node", () => {
    const found = violations(inCore(), ({ code, imports }) => [
      ...imports.filter((target) => target.startsWith("node:")),
      ...(/\bBuffer\.|\b__dirname\b/.test(code) ? ["a global of Node"] : []),
    ]);
    expect(found).toEqual([]);
  });

  test("imports of Node's modules have their prefix", () => {
    const bare = /^(fs|path|os|url|util|crypto|zlib|stream|events|child_process|worker_threads|v8|process)(\/|$)/;
    expect(violations(sources, ({ imports }) => imports.filter((target) => bare.test(target)))).toEqual([]);
  });

  test("local imports exist and carry their suffix", () => {
    const names = new Set(sources.map(({ name }) => name));
    const found = violations(shipped, (file) => [
      ...file.imports.filter((target) => target.startsWith(".") && !target.endsWith(".js")),
      ...localImports(file).filter((target) => !names.has(target) && !target.startsWith("kernels/generated/")),
    ]);
    expect(found).toEqual([]);
  });

  test("no module imports itself in a circle", () => {
    const byName = new Map(shipped.map((file) => [file.name, file]));
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (name: string, trail: readonly string[]): void => {
      const file = byName.get(name);
      if (file === undefined || state.get(name) === "done") return;
      if (state.get(name) === "open") {
        circles.push([...trail.slice(trail.indexOf(name)), name].join(" -> "));
        return;
      }
      state.set(name, "open");
      // Type-only imports vanish when the code runs, so they make no circle.
      for (const target of localImports({ ...file, imports: importsOf(withoutTypeImports(file.code)) })) {
        visit(target, [...trail, name]);
      }
      state.set(name, "done");
    };
    for (const { name } of shipped) visit(name, []);
    expect(circles).toEqual([]);
  });
});

function withoutTypeImports(code: string): string {
  return code.replace(/(^|[\s;])(import|export) type\b[^;]*;/g, "$1");
}

describe("the habits of the house", () => {
  test("random numbers come from random/ only", () => {
    expect(violations(shipped, ({ code }) => (/\bMath\.random\b/.test(code) ? ["Math.random"] : []))).toEqual([]);
  });

  test("no any, no default export, no enum, no suppressed type error", () => {
    const found = violations(sources, ({ code }) =>
      [
        [/(:|<|\bas|,|\|)\s*any\b(?!\s*["'`])(?=\s*[;,)>=\]|{}]|\[\])/, "any"],
        [/^\s*export\s+default\b/m, "default export"],
        [/^\s*(export\s+)?(const\s+)?enum\s/m, "enum"],
      ].flatMap(([pattern, name]) => ((pattern as RegExp).test(code) ? [name as string] : [])),
    );
    const suppressed = sources.filter(({ name }) =>
      /@ts-(ignore|nocheck)/.test(readFileSync(join(root, "src", `${name}.ts`), "utf8")),
    );
    expect([...found, ...suppressed.map(({ name }) => `${name}: suppressed type error`)]).toEqual([]);
  });

  test("what must be the same on every version of Node uses only exact functions in the core", () => {
    const inexact =
      /\bMath\.(pow|sin|cos|tan|tanh|sinh|cosh|expm1|log1p|log10|cbrt|hypot|atan2?|asin|acos|asinh|acosh|atanh)\b/;
    expect(violations(inCore(), ({ code }) => inexact.exec(code)?.slice(0, 1) ?? [])).toEqual([]);
  });

  test("names of files and folders say something", () => {
    const words = sources.flatMap(({ name }) => name.split("/").map((part) => basename(part, ".test")));
    expect(words.filter((word) => emptyNames.test(word))).toEqual([]);
    expect(words.filter((word) => !/^[a-z][A-Za-z0-9]*$/.test(word))).toEqual([]);
  });

  test("files are short", () => {
    const long = shipped
      .filter(({ name }) => !name.startsWith("kernels/generated/"))
      .filter(({ name }) => readFileSync(join(root, "src", `${name}.ts`), "utf8").split("\n").length > 400);
    expect(long.map(({ name }) => name)).toEqual([]);
  });
});
