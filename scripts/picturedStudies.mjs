// The studies of the pictures in the docs: searched anew, kept in a folder of their own, and shown by the dashboard of dist.
import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const assay = join(root, "dist/cli/main.js");
const run = promisify(execFile);

/** The first is shown alone, the ten are compared. */
export const comparedNames = [1, 2, 3, 4, 5].flatMap((seed) => [`default-${seed}`, `random-${seed}`]);
/** Has training curves. */
export const trainedName = "trained-here";

/** Searches, and serves what was found. `close` ends the server. */
export async function servePicturedStudies(folder) {
  const storage = join(folder, "assay.db");
  const search = (name, ...words) =>
    run(
      process.execPath,
      [assay, "search", "--benchmark", "digits201", "--study", name, "--storage", storage, ...words],
      {
        cwd: folder,
      },
    );
  for (const name of comparedNames) {
    const [strategy, seed] = name.split("-");
    await search(name, "--strategy", strategy, "--seed", seed, "--budget", "120");
  }
  await search(trainedName, "--live", "--seed", "1", "--budget", "20");
  const child = spawn(process.execPath, [assay, "dashboard", "--storage", storage, "--port", "0", "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await new Promise((resolve, reject) => {
    child.stdout.once("data", (chunk) => resolve(String(chunk).split("\n")));
    child.once("exit", (code) => reject(new Error(`The dashboard ended with ${code}.`)));
  });
  return { address: JSON.parse(line).url, close: () => child.kill() };
}

/** Serves the playground of dist. */
export async function servePlayground() {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const server = createServer(({ url }, answer) => {
    const path = normalize(new URL(url, "http://localhost").pathname).replace(/^\/$/, "/index.html");
    try {
      const file = readFileSync(join(root, "dist/playground", path));
      answer.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(file);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
