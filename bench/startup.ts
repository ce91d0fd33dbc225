/**
 * How soon the command line answers and how large the package is, packed, installed and as the core for browsers.
 * Run it in the root of a built clone.
 */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** One measured number and the most it may be. */
export interface StartupFigure {
  readonly name: string;
  readonly value: number;
  readonly unit: "seconds" | "MB" | "KB";
  readonly limit?: number;
}

/** Measures everything; takes about half a minute, most of it for an installation into a temporary folder. */
export function measureStartup(root: string = process.cwd()): StartupFigure[] {
  const command = join(root, "dist/cli/main.js");
  const folder = mkdtempSync(join(tmpdir(), "assay-startup-"));
  try {
    const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ size, filename }] = JSON.parse(output) as { size: number; filename: string }[];
    writeFileSync(join(folder, "package.json"), "{}");
    const install = ["install", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", join(folder, filename)];
    execFileSync("npm", install, { cwd: folder, stdio: "ignore" });
    return [
      { name: "node alone", value: medianSeconds(["-e", "0"]), unit: "seconds" },
      { name: "assay --help", value: medianSeconds([command, "--help"]), unit: "seconds", limit: 0.2 },
      { name: "assay --version", value: medianSeconds([command, "--version"]), unit: "seconds", limit: 0.2 },
      { name: "packed package", value: size / 1e6, unit: "MB", limit: 3 },
      { name: "runtime install", value: diskBytes(join(folder, "node_modules")) / 1e6, unit: "MB", limit: 40 },
      { name: "core, gzipped", value: gzippedKilobytes(join(root, "dist/core.js")), unit: "KB", limit: 200 },
      {
        name: "core worker, gzipped",
        value: gzippedKilobytes(join(root, "dist/core-worker.js")),
        unit: "KB",
        limit: 200,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Wall-clock seconds of a Node process, the median of 11 after one that warms the disk cache. */
function medianSeconds(parts: readonly string[]): number {
  const seconds: number[] = [];
  for (let repeat = 0; repeat < 12; repeat++) {
    const start = performance.now();
    execFileSync(process.execPath, parts, { stdio: "ignore" });
    if (repeat > 0) seconds.push((performance.now() - start) / 1000);
  }
  return seconds.sort((a, b) => a - b)[5];
}

/** What the files take on a disk with blocks of 4 KB. */
function diskBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => lstatSync(join(folder, name)))
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + Math.ceil(file.size / 4096) * 4096, 0);
}

function gzippedKilobytes(file: string): number {
  return gzipSync(readFileSync(file)).length / 1000;
}

for (const { name, value, unit, limit } of measureStartup()) {
  const verdict = limit === undefined ? "" : `  limit ${limit} ${unit}${value > limit ? "  OVER" : ""}`;
  console.log(`${name.padEnd(22)}${value.toFixed(3).padStart(9)} ${unit}${verdict}`);
}
