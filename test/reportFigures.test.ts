import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStorage } from "../src/study/openStorage.js";
import { assay } from "./cliHarness.js";
import { fillStudy } from "./sampleStudy.js";

const folder = mkdtempSync(join(tmpdir(), "assay-figures-"));
const storagePath = join(folder, "assay.db");

beforeAll(async () => {
  const storage = await openStorage(storagePath);
  for (const name of ["first", "first.", "second"]) fillStudy(storage, name).close();
  storage.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function report(...words: readonly string[]) {
  return await assay(["report", ...words, "--no-map", "--storage", storagePath]);
}

function read(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")]));
}

describe("assay report --figures", () => {
  test("writes the figures of a study, the same each time, and no page", async () => {
    const out = join(folder, "one");
    const { exitCode, err, out: printed } = await report("first", "--figures", out);
    expect({ exitCode, printed }).toEqual({ exitCode: 0, printed: "" });
    const files = read(out);
    expect(Object.keys(files).sort()).toEqual(
      [
        "first-best-so-far",
        "first-label-against-seconds",
        "first-trial-3-accuracy",
        "first-trial-3-architecture",
        "first-trial-3-loss",
        "first-trial-3-trial",
      ].flatMap((name) => [`${name}.csv`, `${name}.svg`]),
    );
    for (const name of Object.keys(files).filter((each) => each.endsWith(".svg"))) {
      expect(err).toContain(`  ${name}\n`);
      expect(files[name]).toMatch(/^<\?xml/);
    }
    expect(files["first-best-so-far.csv"]).toBe(
      "trial,label,best so far\r\n0,71.25,71.25\r\n1,-0.5,71.25\r\n2,,71.25\r\n3,93.5,93.5\r\n4,,93.5\r\n5,,93.5\r\n",
    );
    expect(existsSync("report.html")).toBe(false);
    // Files of the same names are replaced, others stay.
    writeFileSync(join(out, "first-best-so-far.svg"), "old");
    writeFileSync(join(out, "notes.txt"), "mine");
    await report("first", "--figures", out);
    expect(read(out)).toEqual({ ...files, "notes.txt": "mine" });
  });

  test("compares several studies, tells names apart, and lists what it wrote", async () => {
    const out = join(folder, "several");
    const page = join(folder, "several.html");
    const { out: printed, exitCode } = await report(
      "first",
      "first.",
      "second",
      "--figures",
      out,
      "-o",
      page,
      "--json",
    );
    expect(exitCode).toBe(0);
    const told = JSON.parse(printed) as {
      readonly report: { readonly path: string; readonly bytes: number };
      readonly figures: readonly { title: string; studies: readonly string[]; svg?: string; csv: string }[];
    };
    expect(told).toMatchObject({ schema: 1, kind: "report", report: { path: page } });
    expect(told.report.bytes).toBe(readFileSync(page).length);
    const paths = told.figures.flatMap(({ svg, csv }) => (svg === undefined ? [csv] : [svg, csv]));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.map((path) => basename(path)).sort()).toEqual(readdirSync(out).sort());
    const compared = told.figures.filter(({ studies }) => studies.length === 3);
    expect(compared.map(({ csv }) => basename(csv))).toEqual([
      ...["compare-best-so-far.csv", "compare-final.csv", "compare-queries-to-target.csv"],
    ]);
    expect(readdirSync(out)).toContain("first-best-so-far-2.svg");
    expect(readFileSync(join(out, "first-best-so-far-2.svg"), "utf8")).toContain("<title>Best so far: first.:");
  });

  test.each([
    [["first", "--figures", join(folder, "figure.svg")], "--figures", "expected a folder"],
    [["frist", "--figures", join(folder, "none")], "Did you mean", '"first"'],
  ])("%j is refused", async (words, ...messages) => {
    const { exitCode, err } = await report(...words);
    expect(exitCode).toBe(2);
    for (const message of messages) expect(err).toContain(message);
  });

  test("a file that cannot be written is said so", async () => {
    const out = join(folder, "blocked");
    mkdirSync(join(out, "first-best-so-far.svg"), { recursive: true });
    const { exitCode, err } = await report("first", "--figures", out);
    expect(exitCode).toBe(2);
    expect(err).toContain("first-best-so-far.svg cannot be written");
  });

  test("nothing is written where it is stopped", async () => {
    const out = join(folder, "stopped");
    const outcome = await assay(["report", "first", "--storage", storagePath, "--figures", out], {
      signal: AbortSignal.abort(),
    });
    expect(outcome.exitCode).toBe(130);
    expect(readdirSync(out)).toEqual([]);
  });
});
