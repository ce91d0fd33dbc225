import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { duration } from "../src/cli/arguments.js";
import { assay } from "./cliHarness.js";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-command-search-"));
  const parameters = "parameters:\n  kernel: [3, 5, 7]\n  depth: [1, 2, 3, 4]\n";
  writeFileSync(join(work, "space.yaml"), parameters);
  // The label from the standard input: 10 for each level of depth, and what comes after --more.
  writeFileSync(
    join(work, "train.mjs"),
    `let text = ""; for await (const chunk of process.stdin) text += chunk;
    const { parameters, epochs = 3 } = JSON.parse(text);
    const more = process.argv.includes("--more") ? Number(process.argv.at(-1)) : 0;
    for (let epoch = 1; epoch <= epochs; epoch++) console.log(JSON.stringify({ epoch, loss: parameters.depth / epoch }));
    console.log(JSON.stringify({ accuracy: parameters.depth * 10 + more, size: parameters.kernel }));`,
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const logs = () => mkdtempSync(join(work, "logs-"));
const search = (...words: string[]) => [
  "search",
  "--space",
  join(work, "space.yaml"),
  "--strategy",
  "random",
  ...words,
];
const train = () => join(work, "train.mjs");

/** The label from the standard input, without the start of Node. */
const quick = ["sed", "-n", 's/.*"depth":\\([0-9]*\\).*/{"accuracy":\\1}/p'];

describe("a command", () => {
  test("follows --command, or -- with options of its own, or stands in quotes", async () => {
    const folder = logs();
    const common = search("--budget", "2", "--parallel", "2", "--json", "--log-folder", folder);
    const [plain, dashes, quoted] = await Promise.all([
      assay([...common, "--command", process.execPath, train()]),
      assay([...common, "--", process.execPath, train(), "--more", "0.5"]),
      assay([...common, "--command", `'${process.execPath}' "${train()}" --more 0.5`]),
    ]);
    const reports = [plain, dashes, quoted].map(({ out }) => JSON.parse(out));
    expect(reports[1].best.label).toBe(reports[0].best.label + 0.5);
    expect(reports[2].best.label).toBe(reports[1].best.label);
    expect(reports[0].best.metrics).toEqual({ size: expect.any(Number) });
    expect(reports[0].trials[0].curves.loss).toHaveLength(3);
    expect(plain.err).toContain(`what the trials print is kept in ${folder}`);
    expect(readdirSync(folder)).toEqual(["trial-00000.log", "trial-00001.log"]);
    expect(readFileSync(join(folder, "trial-00001.log"), "utf8")).toContain('{"accuracy":');
  });

  test("is asked for as many architectures at once as it trains at the same time, unless somebody says otherwise", async () => {
    const batchOf = async (strategy: string, ...words: string[]): Promise<number> => {
      const options = ["--strategy", strategy, "--budget", "3", "--json", "--log-folder", logs(), ...words];
      return JSON.parse((await assay([...search(), ...options, "--", ...quick])).out).batch;
    };
    expect(await batchOf("default")).toBe(1);
    expect(await batchOf("default", "--parallel", "3")).toBe(3);
    expect(await batchOf("default", "--parallel", "3", "--batch", "2")).toBe(2);
    expect(await batchOf("default:batch=4", "--parallel", "3")).toBe(4);
    // Published with batches of ten.
    expect(await batchOf("nsga2", "--parallel", "3")).toBe(10);
  });

  test("is part of what to do next", async () => {
    const { out } = await assay(search("--budget", "2", "--log-folder", logs(), "--", ...quick));
    expect(out).toContain("assay resume ");
  });

  test("gives estimation codes to strategies that read them", async () => {
    const words = [
      "--strategy",
      "default:codes=true,init=3",
      "--estimation-code",
      "losses:epochs=2,share=0.5",
      "--json",
    ];
    const folder = logs();
    const { out, err } = await assay([
      ...search("--budget", "8", "--parallel", "2", "--log-folder", folder),
      ...words,
      "--",
      process.execPath,
      train(),
    ]);
    expect(err).not.toContain("error");
    expect(JSON.parse(out).estimationCodes).toMatchObject({ name: "losses", cost: 0.5 });
    expect(readdirSync(folder).some((name) => name.startsWith("code-"))).toBe(true);
  });

  test("is ended by Ctrl-C, and what is finished is kept", async () => {
    const controller = new AbortController();
    const out = join(work, "stopped.json");
    const folder = logs();
    const script =
      'read -r task; case "$task" in *depth*:1,*|*depth\\":4*) exec sleep 60;; *) echo "{\\"label\\":1}";; esac';
    const running = assay(
      search(
        "--budget",
        "12",
        "--batch",
        "12",
        "--parallel",
        "12",
        "--out",
        out,
        "--log-folder",
        folder,
        "--",
        "sh",
        "-c",
        script,
      ),
      {
        signal: controller.signal,
      },
    );
    while (readdirSync(folder).filter((name) => readFileSync(join(folder, name), "utf8").includes("# done")).length < 6)
      await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    expect((await running).exitCode).toBe(130);
    const report = JSON.parse(readFileSync(out, "utf8"));
    expect(report.ended).toBe("stopped");
    expect(report.trials.length).toBeGreaterThanOrEqual(6);
    expect(report.failures).toBe(0);
  });

  test("has a time limit, and says why it fails", async () => {
    const words = search(
      "--budget",
      "5",
      "--parallel",
      "5",
      "--batch",
      "5",
      "--timeout",
      "0.2s",
      "--log-folder",
      logs(),
    );
    const { exitCode, err } = await assay([...words, "--", "sleep", "60"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("took longer than 0.2 s");
  });
});

test("--http asks a service", async () => {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    response.end(JSON.stringify({ label: JSON.parse(text).parameters.depth }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { out, err } = await assay(
    search("--budget", "12", "--http", `http://ann:secret@127.0.0.1:${port}/?key=hidden`),
  );
  server.closeAllConnections();
  server.close();
  expect(out).toMatch(/label +4\.00/);
  expect(`${out}${err}`).not.toMatch(/secret|hidden/);
});

describe("refusals", () => {
  const cases: [title: string, words: () => string[], expected: RegExp][] = [
    ["an option of the command", () => search("--command", "sed", "--lr", "1"), /unknown option '--lr'[\s\S]*after --/],
    ["two commands", () => search("--command", "sed", "--", "sed"), /not both/],
    ["no command", () => search("--"), /no command after --/],
    ["an open quote", () => search("--command", "sed 'a"), /never closed/],
    ["no such program", () => search("--command", "no-such-program"), /no program "no-such-program"/],
    ["two evaluations", () => search("--http", "http://x", "--command", "sed"), /Give --command or --http/],
    ["a command without a space", () => ["search", "--command", "sed"], /--space is missing/],
    [
      "with a benchmark",
      () => ["search", "-b", "digits201", "--", "sed"],
      /cannot be combined with --space, --evaluate/,
    ],
    ["live", () => ["search", "-b", "digits201", "--live", "--", "sed"], /cannot be combined with --command/],
    ["logs of a service", () => search("--http", "http://x", "--log-folder", "x"), /--log-folder belongs to --command/],
    ["codes of a service", () => search("--http", "http://x", "--estimation-code", "losses"), /--http gives no codes/],
    ["another code", () => search("--estimation-code", "early", "--", "sed"), /no estimation code "early"/],
    [
      "a log folder in a file",
      () => search("--budget", "2", "--log-folder", join(train(), "x"), "--", "sed"),
      /folder for the logs cannot be made/,
    ],
    ["a command for compare", () => ["compare", "--", "sed"], /assay compare runs none/],
    ["a strange duration", () => search("--timeout", "2 hours", "--", "sed"), /Expected a duration/],
  ];
  it.each(cases)("%s", async (_, words, expected) => {
    const { exitCode, err } = await assay(words());
    expect(err).toMatch(expected);
    expect(exitCode).toBe(2);
  });
});

describe("durations", () => {
  it.each([
    ["45", 45],
    ["45s", 45],
    ["1.5m", 90],
    ["2h", 7200],
    ["1d", 86_400],
  ])("%s", (text, seconds) => {
    expect(duration(text)).toBe(seconds);
  });

  it.each(["", "0", "-1", "1e3", "2 h", "2w", "h", "1h30m"])("refuses %j", (text) => {
    expect(() => duration(text)).toThrow("Expected a duration");
  });
});
