// Runs a benchmark: node bench/run.mjs <name> [arguments]. Without a name, it lists them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** They cannot be bundled, and are found from here only. */
const nativePackages = {
  name: "native packages stay where they are",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(libsql|playwright-core)$/ }, ({ path }) => ({
      path: import.meta.resolve(path),
      external: true,
    })),
};

const folder = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));
const [name, ...rest] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`);
  console.error(`node bench/run.mjs <name>, where name is one of: ${names.join(", ")}`);
  process.exitCode = 2;
} else {
  const temporary = mkdtempSync(join(tmpdir(), "assay-bench-"));
  try {
    const outfile = join(temporary, `${name}.mjs`);
    await build({
      entryPoints: [join(folder, `${name}.ts`)],
      bundle: true,
      platform: "node",
      format: "esm",
      target: "es2022",
      logLevel: "warning",
      outfile,
      plugins: [nativePackages],
      // Packages in the older module format ask for `require`.
      banner: {
        js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
      },
    });
    const root = join(folder, "..");
    process.exitCode = spawnSync(process.execPath, [outfile, ...rest], { cwd: root, stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
