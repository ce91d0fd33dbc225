import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { kernels } from "../../src/kernels/kernels.js";
import { version } from "../../src/version.js";

/** Where and with what the figures were made, and the command. */
export function describeMachine(benchmark: string): string {
  const command = ["node bench/run.mjs", benchmark, ...process.argv.slice(2)].join(" ");
  const build = kernels().portable ? "portable" : "relaxed";
  return [
    `\`${command}\``,
    `Assay ${version}${commit()}; ${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}; Node ${process.versions.node}, ${build} kernels.`,
  ].join("\n\n");
}

function commit(): string {
  try {
    const run = (...given: string[]): string => execFileSync("git", given, { encoding: "utf8" }).trim();
    return ` at ${run("rev-parse", "--short", "HEAD")}${run("status", "--porcelain", "src") === "" ? "" : " with changes"}`;
  } catch {
    return "";
  }
}
