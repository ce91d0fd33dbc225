// Builds the package into dist/: WebAssembly kernels (inlined as hexadecimal digits, which compress better than base64), JavaScript bundles, type declarations.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

const kernelBuilds = [
  { name: "plain", flags: ["--enable", "simd"], define: "RELAXED=0" },
  { name: "relaxed", flags: ["--enable", "simd", "--enable", "relaxed-simd"], define: "RELAXED=1" },
];

function buildKernels() {
  mkdirSync("src/kernels/generated", { recursive: true });
  const modules = {};
  for (const { name, flags, define } of kernelBuilds) {
    const wasm = `src/kernels/generated/${name}.wasm`;
    execFileSync(
      process.execPath,
      [
        "node_modules/assemblyscript/bin/asc.js",
        "src/kernels/assembly/index.ts",
        ...["--outFile", wasm, "-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--initialMemory", "1"],
        ...[...flags, "--use", define],
      ],
      { stdio: "inherit" },
    );
    modules[name] = readFileSync(wasm).toString("hex");
    rmSync(wasm);
  }
  const { digits, plainSlice, relaxedSlice } = interleave(modules.plain, modules.relaxed);
  writeFileSync(
    "src/kernels/generated/modules.ts",
    `/** Made by scripts/build.mjs from src/kernels/assembly. */
export const kernelModules = {
  digits: "${digits}",
  plain: { first: 0, length: ${plainSlice} },
  relaxed: { first: ${plainSlice}, length: ${relaxedSlice} },
};
`,
  );
}

/**
 * The two modules as hexadecimal digits, a slice of each in turn: gzip looks back 32 KB only and so finds what they have in
 * common, which makes them smaller by a third.
 */
function interleave(plain, relaxed) {
  const slices = Math.ceil(Math.max(plain.length, relaxed.length) / 8192);
  const even = (count) => 2 * Math.ceil(count / 2);
  const plainSlice = even(plain.length / slices);
  const relaxedSlice = even(relaxed.length / slices);
  let digits = "";
  for (let i = 0; i < slices; i++) {
    digits += plain.slice(i * plainSlice, (i + 1) * plainSlice).padEnd(plainSlice, " ");
    digits += relaxed.slice(i * relaxedSlice, (i + 1) * relaxedSlice).padEnd(relaxedSlice, " ");
  }
  return { digits, plainSlice, relaxedSlice };
}

/** The namespace form lets the bundler leave out what nobody uses: zod's translations alone are 65 KB gzipped. */
const lightZod = {
  name: "light-zod",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace('import { z } from "zod"', 'import * as z from "zod"'),
      loader: "ts",
    }));
  },
};

async function bundle() {
  const common = {
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    outdir: "dist",
  };
  // Node: the library, the command line and the worker thread share their chunks.
  const node = await build({
    ...common,
    platform: "node",
    packages: "external",
    splitting: true,
    minifySyntax: true,
    entryPoints: {
      index: "src/index.ts",
      conformance: "src/conformanceSuites.ts",
      "cli/main": "src/cli/main.ts",
      worker: "src/worker.ts",
    },
    chunkNames: "chunks/[name]-[hash]",
  });
  // Browsers: the core with its dependencies inside, and a worker that runs its tasks.
  const browser = await build({
    ...common,
    platform: "browser",
    minify: true,
    plugins: [lightZod],
    entryPoints: { core: "src/core.ts", "core-worker": "src/coreWorker.ts" },
  });
  writeLicences("dist/core-licences.txt", "core.js and core-worker.js hold", browser.metafile);
  // The dashboard: static files only, since its security policy allows nothing inline.
  const dashboard = await build({
    ...common,
    platform: "browser",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: { app: "dashboard/src/main.tsx" },
    outdir: "dist/dashboard",
  });
  copyFileSync("dashboard/index.html", "dist/dashboard/index.html");
  writeLicences("dist/dashboard/licences.txt", "app.js holds", dashboard.metafile);
  chmodSync("dist/cli/main.js", 0o755);
  // Files are overwritten first and old ones removed last, so that a build never takes dist from under a running test.
  const made = new Set([node, browser, dashboard].flatMap(({ metafile }) => Object.keys(metafile.outputs)));
  for (const name of readdirSync("dist", { recursive: true })) {
    const file = `dist/${name.replaceAll("\\", "/")}`;
    if (file.endsWith(".js") && !made.has(file)) rmSync(file);
  }
}

/** Bundles hold code of other packages: their licences travel with it. */
function writeLicences(path, subject, { outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${readFileSync(`${folder}${file}`, "utf8").trim()}\n`;
  });
  const opening = `${subject} code of these packages, under their own licences.\n`;
  writeFileSync(path, [opening, ...texts].join(`\n${"-".repeat(80)}\n\n`));
}

/** Types are checked by `npm run check`; here they are only written down. */
function declareTypes() {
  rmSync("dist/types", { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [
      "node_modules/typescript/bin/tsc",
      ...["--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", "dist/types", "--rootDir", "src"],
      ...["--noCheck", "-p", "tsconfig.build.json"],
    ],
    { stdio: "inherit" },
  );
}

/** Whether dist/ is younger than everything it is made from. `npx assay` prepares the package once more on its first call. */
function isUpToDate() {
  if (!existsSync("dist/types/index.d.ts")) return false;
  const built = statSync("dist/types/index.d.ts").mtimeMs;
  const sources = ["src", "dashboard", "scripts"].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => join(folder, name)),
  );
  const inputs = [...sources, "package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];
  return inputs.every((path) => path.includes("generated") || statSync(path).mtimeMs < built);
}

const steps = { kernels: buildKernels, bundle, types: declareTypes };
const wanted = process.argv.slice(2);
const everything = wanted.length === 0 || (wanted.includes("when-needed") && !isUpToDate());
for (const [name, step] of Object.entries(steps)) {
  if (everything || wanted.includes(name)) await step();
}
