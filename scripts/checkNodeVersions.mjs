// Runs the portable check on several major versions of Node and compares what they print.
//   npm run build && node scripts/checkNodeVersions.mjs 20 22 24
// Versions other than the running one are installed into a temporary folder, from npm packages that hold Node's binary.
// With ASSAY_DATA set, `assay compare --json` on NAS-Bench-201 is compared as well, times aside.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["20", "22", "24"];
const own = process.versions.node.split(".")[0];
const folder = mkdtempSync(join(tmpdir(), "assay-node-"));

const compareArguments = [
  ...["compare", "--benchmark", "nasbench201/cifar100", "--label", "mean", "--budget", "40", "--seeds", "2", "--json"],
  ...[
    "--strategies",
    "default",
    "random",
    "weaknas:predictor=mlp(layers=2,width=64)",
    "weaknas:predictor=gradient-boosting(rounds=50)",
  ],
];

function installBinaries(majors) {
  writeFileSync(join(folder, "package.json"), "{}");
  const packages = majors.map((major) => `node${major}@npm:node-${process.platform}-${process.arch}@${major}`);
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function binaryOf(major) {
  return major === own ? process.execPath : join(folder, "node_modules", `node${major}`, "bin", "node");
}

function run(binary, portable, ...parts) {
  const env = { ...process.env, ASSAY_PORTABLE: portable ? "1" : "" };
  if (!portable) delete env.ASSAY_PORTABLE;
  return execFileSync(binary, parts, {
    cwd: root,
    encoding: "utf8",
    env,
    maxBuffer: 1e9,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Seconds and memory are the only numbers that may differ. */
function withoutTimes(json) {
  return JSON.stringify(JSON.parse(json, (key, value) => (/seconds|megabytes/i.test(key) ? undefined : value)));
}

/** One text for each kind of check; every version and every number of threads must give the same. */
function checksOf(binary) {
  const checks = {};
  for (const threads of [1, 2]) {
    checks[`core, ${threads} threads`] = run(binary, true, "scripts/portableCheck.mjs", `${threads}`);
    if (process.env.ASSAY_DATA) {
      const output = run(binary, true, "dist/cli/main.js", ...compareArguments, "--threads", `${threads}`);
      checks[`compare, ${threads} threads`] = withoutTimes(output);
    }
  }
  return checks;
}

try {
  const others = wanted.filter((major) => major !== own);
  if (others.length > 0) installBinaries(others);
  const reference = {};
  let differences = 0;
  for (const major of wanted) {
    const binary = binaryOf(major);
    const version = run(binary, true, "--version").trim();
    for (const [name, text] of Object.entries(checksOf(binary))) {
      const kind = name.split(",")[0];
      reference[kind] ??= text;
      const same = reference[kind] === text;
      if (!same) differences++;
      console.log(`${version}  ${name}: ${same ? "same" : "DIFFERENT"}`);
    }
  }
  console.log(differences === 0 ? "All versions agree." : `${differences} differences.`);
  process.exitCode = differences === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
