import { spawnSync } from "node:child_process";
import type { SkippableContext } from "./data.js";

const FIND = "import importlib.util as u, sys; sys.exit(any(u.find_spec(name) is None for name in sys.argv[1:]))";

/** The first Python of the machine that has all these modules; undefined where none has. */
function findPython(modules: readonly string[]): string | undefined {
  return ["python3", "/usr/bin/python3"].find((program) => spawnSync(program, ["-c", FIND, ...modules]).status === 0);
}

let found: { readonly program: string | undefined } | undefined;

/** A Python with PyTorch and Pillow, if there is one. */
export function findTorch(): string | undefined {
  found ??= { program: findPython(["torch", "PIL"]) };
  return found.program;
}

/** The same. Without one the calling test is skipped; in CI, where a silently skipped test would be a lie, this throws. */
export function requireTorch(context?: SkippableContext): string {
  const python = findTorch();
  if (python !== undefined) return python;
  const message = "No python3 here has PyTorch and Pillow: apt-get install python3-torch python3-pil";
  if (process.env["CI"] === "true" || context === undefined) throw new Error(message);
  context.skip(message);
  throw new Error(message);
}
