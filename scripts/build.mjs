// Builds the package into dist/: WebAssembly kernels (inlined as base64), JavaScript bundles, type declarations.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  for (const { name, flags, define } of kernelBuilds) {
    const wasm = `src/kernels/generated/${name}.wasm`;
    execFileSync(
      process.execPath,
      [
        "node_modules/assemblyscript/bin/asc.js",
        "src/kernels/assembly/index.ts",
        ...["--outFile", wasm, "-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--initialMemory", "1"],
        ...["--maximumMemory", "32768", "--sharedMemory", "--enable", "threads", ...flags, "--use", define],
      ],
      { stdio: "inherit" },
    );
    const base64 = readFileSync(wasm).toString("base64");
    writeFileSync(
      `src/kernels/generated/${name}.ts`,
      `/** Made by scripts/build.mjs from src/kernels/assembly. */\nexport const ${name}Kernels = "${base64}";\n`,
    );
    rmSync(wasm);
  }
}

async function bundle() {
  rmSync("dist", { recursive: true, force: true });
  const common = {
    bundle: true,
    format: "esm",
    target: "es2022",
    sourcemap: false,
    logLevel: "warning",
    metafile: true,
  };
  // Node: the library, the command line and the worker thread share their chunks.
  await build({
    ...common,
    platform: "node",
    packages: "external",
    splitting: true,
    minifySyntax: true,
    entryPoints: { index: "src/index.ts", "cli/main": "src/cli/main.ts", worker: "src/worker.ts" },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
  });
  // Browsers: the core with its dependencies inside, and a worker that runs its tasks.
  await build({
    ...common,
    platform: "browser",
    minify: true,
    entryPoints: { core: "src/core.ts", "core-worker": "src/coreWorker.ts" },
    outdir: "dist",
  });
}

function declareTypes() {
  execFileSync(
    process.execPath,
    [
      "node_modules/typescript/bin/tsc",
      ...["--noEmit", "false", "--emitDeclarationOnly", "--declaration", "--outDir", "dist/types", "--rootDir", "src"],
      ...["-p", "tsconfig.build.json"],
    ],
    { stdio: "inherit" },
  );
}

const steps = { kernels: buildKernels, bundle, types: declareTypes };
for (const [name, step] of Object.entries(steps)) {
  if (process.argv.length === 2 || process.argv.includes(name)) await step();
}
