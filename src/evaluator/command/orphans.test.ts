import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, it } from "vitest";
import { evaluationRequest } from "../../../test/fixtures/evaluationSpace.js";
import { createCommandEvaluator } from "./commandEvaluator.js";

const work = mkdtempSync(join(tmpdir(), "assay-orphans-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const isPosix = process.platform !== "win32";

/** Starts a child of its own, writes both numbers into a file, and ignores SIGTERM as the child does. */
const family = join(work, "family.mjs");
writeFileSync(
  family,
  `import { spawn } from "node:child_process"; import { renameSync, writeFileSync } from "node:fs";
  process.on("SIGTERM", () => {});
  const [pids, leave] = process.argv.slice(2);
  const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)"], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.once("data", () => {
    writeFileSync(pids + ".part", process.pid + " " + child.pid); renameSync(pids + ".part", pids);
    if (leave) { console.log('{"label": 4}'); process.exit(); }
  });
  setInterval(() => {}, 1000);`,
);

/** Whether a process is there, other than as a zombie that nobody has buried yet. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !(existsSync("/proc/self/stat") && /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8")));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const pidsIn = (path: string): number[] => readFileSync(path, "utf8").split(" ").map(Number);

it.skipIf(!isPosix)("grandchildren end with the process that is ended", async () => {
  const pids = join(work, "aborted");
  const controller = new AbortController();
  const evaluator = createCommandEvaluator({ command: [process.execPath, family, pids], grace: 0.1 });
  const running = evaluator.evaluate(evaluationRequest({ signal: controller.signal }));
  await until(() => existsSync(pids));
  expect(pidsIn(pids).every(isAlive)).toBe(true);
  controller.abort();
  expect((await running).failure).toBe("cancelled");
  await until(() => !pidsIn(pids).some(isAlive));
});

it.skipIf(!isPosix)("grandchildren end with the process that ends by itself", async () => {
  const pids = join(work, "left");
  const evaluator = createCommandEvaluator({ command: [process.execPath, family, pids, "leave"], grace: 0.1 });
  expect((await evaluator.evaluate(evaluationRequest())).label).toBe(4);
  await until(() => !pidsIn(pids).some(isAlive));
});

it.skipIf(!isPosix)("all end when the process that evaluates is killed or exits", { timeout: 60_000 }, async () => {
  const program = join(work, "evaluate.mjs");
  await build({
    stdin: {
      contents: `import { createCommandEvaluator } from "./commandEvaluator.js";
        import { evaluationRequest } from "../../../test/fixtures/evaluationSpace.js";
        createCommandEvaluator({ command: [process.execPath, ...process.argv.slice(2)], grace: 1 }).evaluate(evaluationRequest());
        process.stdin.on("end", () => process.exit(1)).resume();`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
      loader: "ts",
    },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  const endings: [string, (evaluating: ChildProcess) => void][] = [
    ["killed", (evaluating) => evaluating.kill("SIGKILL")],
    ["exits", (evaluating) => evaluating.stdin!.end()],
  ];
  await Promise.all(
    endings.map(async ([name, end]) => {
      const pids = join(work, name);
      const evaluating = spawn(process.execPath, [program, family, pids], { stdio: ["pipe", "ignore", "inherit"] });
      await until(() => existsSync(pids));
      expect(pidsIn(pids).every(isAlive)).toBe(true);
      end(evaluating);
      await until(() => !pidsIn(pids).some(isAlive));
    }),
  );
});
