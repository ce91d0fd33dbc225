import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { publint } from "publint";
import { beforeAll, describe, expect, test } from "vitest";
import { version } from "../src/version.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

interface PackedPackage {
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly resolved?: string;
}

interface PackageDescription {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as Content;
}

const description = readJson<PackageDescription>("package.json");

describe("the packed package", () => {
  let packed: PackedPackage;

  beforeAll(() => {
    // Without scripts: the build has run before the tests, and it must not run under them.
    const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    packed = (JSON.parse(output) as PackedPackage[])[0];
  });

  test("is smaller than 3 MB without the packs, which have limits of their own", () => {
    const packs = packed.files.filter(({ path }) => path.endsWith(".parquet")).reduce((sum, { size }) => sum + size, 0);
    expect(packed.size).toBeLessThan(3_000_000 + packs);
  });

  test("holds what runs and what is read, and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "NOTICE",
        "README.md",
        "CHANGELOG.md",
        "dist/index.js",
        "dist/core-licences.txt",
        "packs/digits.csv.gz",
        "templates/pytorch/common/train.py",
      ]),
    );
    const known =
      /^(dist\/.+\.(js|d\.ts)|dist\/core-licences\.txt|dist\/dashboard\/(index\.html|app\.css|licences\.txt)|packs\/[^/]+\.(parquet|md|csv\.gz)|templates\/\w+\/\w+\/\w+\.(py|md|yaml)|LICENSE|NOTICE|README\.md|CHANGELOG\.md|package\.json)$/;
    expect(paths.filter((path) => !known.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.test\.|fixtures|generated/.test(path) && !path.startsWith("dist/types/"))).toEqual(
      [],
    );
  });

  test("every export and binary exists", () => {
    const targets = Object.values(description.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : Object.values(entry),
    );
    for (const target of [...targets, ...Object.values(description.bin)]) {
      expect(existsSync(join(root, target)), target).toBe(true);
    }
  });

  test("names no path of the machine that built it", () => {
    const built = packed.files.map(({ path }) => path).filter((path) => path.endsWith(".js"));
    expect(built.length).toBeGreaterThan(4);
    expect(built.filter((path) => readFileSync(join(root, path), "utf8").includes(root))).toEqual([]);
  });
});

test("publint finds nothing to complain of", async () => {
  const { messages } = await publint({ pkgDir: root, strict: true });
  expect(messages).toEqual([]);
});

test("the version is the same everywhere", () => {
  expect(version).toBe(description.version);
});

describe("what is installed with the package", () => {
  const lock = readJson<{ packages: Record<string, LockedPackage> }>("package-lock.json");
  const runtime = Object.entries(lock.packages).filter(
    ([path, entry]) => path !== "" && entry.dev !== true && entry.devOptional !== true,
  );

  test("installs with scripts disabled", () => {
    expect(runtime.length).toBeGreaterThan(10);
    expect(runtime.filter(([, entry]) => entry.hasInstallScript === true).map(([path]) => path)).toEqual([]);
  });

  test("takes less than 60 MB on disk, 20 of them the database", () => {
    let bytes = 0;
    for (const [path, { optional }] of runtime) {
      // Binaries for other platforms stay away.
      if (optional === true && !existsSync(join(root, path))) continue;
      for (const name of readdirSync(join(root, path), { recursive: true, encoding: "utf8" })) {
        const file = lstatSync(join(root, path, name));
        // Blocks of 4 KB: small files take more of a disk than they hold.
        if (file.isFile()) bytes += Math.ceil(file.size / 4096) * 4096;
      }
    }
    expect(bytes).toBeLessThan(60_000_000);
  });
});

test("the dashboard's script is smaller than 250 KB", () => {
  expect(readFileSync(join(root, "dist/dashboard/app.js")).length).toBeLessThan(250_000);
});

describe("the core for browsers", () => {
  test.each(["core.js", "core-worker.js"])("%s is smaller than 215 KB gzipped", (file) => {
    expect(gzipSync(readFileSync(join(root, "dist", file))).length).toBeLessThan(215_000);
  });

  test("carries the licences of the code that it holds", () => {
    const licences = readFileSync(join(root, "dist/core-licences.txt"), "utf8");
    expect(licences).toMatch(/zod [\d.]+ \(MIT\)[\s\S]*Permission is hereby granted/);
  });

  test.each(["core.js", "core-worker.js"])("%s stands alone", (file) => {
    const code = readFileSync(join(root, "dist", file), "utf8");
    const imports = [...code.matchAll(/(?:^|[;}])import[^;"'(]*["']([^"']+)["']/g)].map((match) => match[1]);
    expect(imports).toEqual([]);
  });
});
