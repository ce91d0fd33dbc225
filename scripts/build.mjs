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
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
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
  const slices = Math.ceil(Math.max(plain.length, relaxed.length) / 12288);
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

/**
 * The namespace form lets the bundler leave out what nobody uses: zod's translations alone are 65 KB gzipped. JSON Schemas, which no file
 * of ours asks for, would stay all the same, since every type has a method that makes one.
 */
const lightZod = {
  name: "light-zod",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ }, ({ path }) => {
      const names = readFileSync(path, "utf8").matchAll(/^export (?:const|function) (\w+)/gm);
      return { contents: Array.from(names, ([, name]) => `export const ${name} = () => undefined;`).join("\n") };
    });
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace('import { z } from "zod"', 'import * as z from "zod"'),
      loader: "ts",
    }));
  },
};

/**
 * The core reads YAML and writes none, except for the names of keys that are collections, which are no valid keys of ours and only appear in
 * messages: quoting them as JSON does is enough.
 */
const lightYaml = {
  name: "light-yaml",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]yaml[\\/]browser[\\/]dist[\\/]stringify[\\/]stringifyString\.js$/ }, () => ({
      contents: "export const stringifyString = ({ value }) => JSON.stringify(String(value));",
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
    plugins: [lightZod, lightYaml],
    entryPoints: { core: "src/core.ts", "core-worker": "src/coreWorker.ts" },
  });
  writeLicences("dist/core-licences.txt", "core.js and core-worker.js hold", browser.metafile);
  // The dashboard: static files only, since its security policy allows nothing inline. The command line draws its figures with the same file.
  const dashboard = await build({
    ...common,
    platform: "browser",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    entryPoints: { app: "dashboard/src/main.ts" },
    outdir: "dist/dashboard",
  });
  copyFileSync("dashboard/index.html", "dist/dashboard/index.html");
  writeLicences("dist/dashboard/licences.txt", "app.js holds", dashboard.metafile);
  chmodSync("dist/cli/main.js", 0o755);
  // Files are overwritten first and old ones removed last, so that a build never takes dist from under a running test.
  const made = new Set([node, browser, dashboard].flatMap(({ metafile }) => Object.keys(metafile.outputs)));
  for (const name of readdirSync("dist", { recursive: true })) {
    const file = `dist/${name.replaceAll("\\", "/")}`;
    const isOurs = !file.startsWith("dist/playground/");
    if (isOurs && file.endsWith(".js") && !made.has(file)) rmSync(file);
  }
}

/** What the playground bundles of the library never calls in a browser, though files that it needs import it. */
const noNode = {
  name: "no-node",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "no-node" }));
    onLoad({ filter: /.*/, namespace: "no-node" }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};

/** A static page that searches the shipped packs in the browser: dist/playground. Needs the bundle. */
async function buildPlayground() {
  const { metafile } = await build({
    ...{ bundle: true, format: "esm", target: "es2022", platform: "browser", minify: true, metafile: true },
    ...{ legalComments: "none", logLevel: "error", jsx: "automatic", jsxImportSource: "preact" },
    plugins: [lightZod, noNode],
    entryPoints: {
      playground: "dashboard/src/playground/page.tsx",
      "search-worker": "dashboard/src/playground/searchWorker.ts",
    },
    outdir: "dist/playground",
  });
  copyFileSync("dashboard/playground.html", "dist/playground/index.html");
  writeLicences("dist/playground/licences.txt", "playground.js and search-worker.js hold", metafile);
  const { openPack } = await import("../dist/index.js");
  mkdirSync("dist/playground/packs", { recursive: true });
  const { layOutPackMap } = await loadSource("dashboard/src/playground/mapLayouts.ts");
  for (const name of ["digits201", "digits-nano"]) {
    writeFileSync(`dist/playground/packs/${name}.bin`, layOutPack(openPack(`packs/${name}.parquet`)));
    writeFileSync(
      `dist/playground/packs/${name}.map.json`,
      JSON.stringify(await layOutPackMap(`packs/${name}.parquet`)),
    );
  }
}

/** A module of the source, for what is made while building. */
async function loadSource(path) {
  const outfile = `dist/${basename(path, ".ts")}.build.mjs`;
  await build({
    ...{ bundle: true, format: "esm", platform: "node", packages: "external", target: "es2022" },
    ...{ entryPoints: [path], outfile, logLevel: "error" },
  });
  try {
    return await import(pathToFileURL(join(root, outfile)).href);
  } finally {
    rmSync(outfile);
  }
}

/** A pack as dashboard/src/playground/packFile.ts reads it. */
function layOutPack(pack) {
  const types = new Map([
    [Int32Array, "int32"],
    [Float32Array, "float"],
    [Float64Array, "double"],
  ]);
  const columns = pack.columns.map((name) => [name, pack.column(name)]);
  const head = Buffer.from(
    JSON.stringify({
      metadata: pack.metadata,
      columns: columns.map(([name, column]) => ({ name, type: types.get(column.constructor) })),
      text: Object.fromEntries(pack.textColumns.map((name) => [name, pack.text(name)])),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const parts = [];
  let size = 0;
  const add = (bytes) => {
    parts.push(bytes);
    size += bytes.length;
  };
  const fill = () => add(Buffer.alloc((8 - (size % 8)) % 8));
  add(length);
  add(head);
  fill();
  for (const [, column] of columns) {
    add(Buffer.from(column.buffer, column.byteOffset, column.byteLength));
    fill();
  }
  return Buffer.concat(parts);
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
// Not part of the package: a page to put somewhere.
if (wanted.includes("playground")) await buildPlayground();
