import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { studyReportSchema } from "../src/experiment/index.js";
import { assay } from "./cliHarness.js";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "assay-going-on-"));
  writeFileSync(join(work, "space.yaml"), "parameters:\n  kernel: [3, 5, 7]\n  depth: [1, 2, 3, 4, 5, 6]\n");
  writeFileSync(
    join(work, "objective.mjs"),
    "export default ({ parameters }) => ({ accuracy: parameters.depth, latency: parameters.depth * parameters.kernel });",
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const place = () => ["--storage", join(work, "assay.db")];
const search = (...words: string[]) =>
  assay(["search", "--space", join(work, "space.yaml"), "--strategy", "random", ...place(), ...words]);
/** A command that answers at once, or fails at once. */
const works = ["--", "echo", '{"accuracy":1}'];
const fails = ["--", "false"];
const logs = () => ["--log-folder", join(work, "logs")];

test("an evaluation that is broken today does not spend the budget of yesterday's study", async () => {
  const study = ["--study", "broken", "--retries", "0", ...logs()];
  expect((await search(...study, "--budget", "3", ...works)).exitCode).toBe(0);
  const broken = await search(...study, "--budget", "18", ...fails);
  expect(broken.exitCode).toBe(2);
  expect(broken.err).toContain(`evaluated by false from now on, until now by echo {"accuracy":1}\n`);
  expect(broken.err).toMatch(/error: All evaluations since the study went on failed; the last with: exited with 1/);
  expect(broken.out).toMatch(/Given up: all evaluations since the study went on failed\.\n5 evaluations failed\./);
  const { out, exitCode } = await assay(["resume", "broken", ...place(), "--json"]);
  expect({ exitCode, ...JSON.parse(out) }).toMatchObject({ exitCode: 0, queries: 18, failures: 5, ended: "budget" });
});

test("a budget below what is there adds nothing, and says so", async () => {
  const study = ["--study", "small", ...logs()];
  await search(...study, "--budget", "4", ...works);
  const { err, out, exitCode } = await search(...study, "--budget", "2", "--json", ...works);
  expect({ exitCode, ...JSON.parse(out) }).toMatchObject({ exitCode: 0, queries: 4, budget: 4 });
  expect(err).toContain("there are more trials than --budget 2: none will be added\n");
});

test("the name of a study is looked at before anything is named after it", async () => {
  const { err, exitCode } = await search("--study", `../../${work}/up`, "--budget", "2", ...works);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^error: ".*up" is no name for a study\./);
  expect(existsSync(join(work, "up"))).toBe(false);
});

test("show tells the front of a study with several objectives", async () => {
  const evaluate = ["--evaluate", join(work, "objective.mjs"), "--objectives", "accuracy,latency:min"];
  await search("--study", "front", "--budget", "18", ...evaluate);
  const { out } = await assay(["show", "front", ...place()]);
  expect(out).toContain("Pareto front of accuracy (largest) and latency (smallest): 6 architectures\n");
  expect(out).not.toContain("Best architecture");
  const { front } = studyReportSchema.parse(JSON.parse((await assay(["show", "front", ...place(), "--json"])).out));
  expect(front?.objectives[1]).toEqual({ name: "latency", direction: "minimise", unit: "" });
  expect(front?.members.map(({ values }) => values)).toEqual([6, 5, 4, 3, 2, 1].map((depth) => [depth, 3 * depth]));
  expect(front?.members[0].architecture).toBe("kernel=3,depth=6");
});

test("show hides what is secret in the address of a service, and resume still knows it", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    request.resume().on("end", () => response.end('{"accuracy": 1}'));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await search("--study", "service", "--budget", "2", "--http", `http://ada:secret@127.0.0.1:${port}/train?key=hidden`);
  for (const words of [
    ["show", "service"],
    ["show", "service", "--json"],
    ["resume", "service", "--budget", "3"],
  ]) {
    const { out, err } = await assay([...words, ...place()]);
    expect(out + err).not.toMatch(/secret|hidden/);
    if (words[0] === "show") expect(out).toContain(`http://127.0.0.1:${port}/train`);
  }
  server.close();
  expect(seen).toEqual(Array(3).fill(`Basic ${Buffer.from("ada:secret").toString("base64")}`));
});

test.each([
  ["acuracy,flops", "accuracy"],
  ["accuracy,latncy.digits", undefined],
])("--objectives %s", async (objectives, suggestion) => {
  const { err, exitCode } = await assay(["search", "--benchmark", "digits201", "--objectives", objectives]);
  expect(exitCode).toBe(2);
  expect(err).toContain(suggestion === undefined ? "Known: " : `Did you mean "${suggestion}"?`);
});

test("--median-rule is refused where no epoch is heard of", async () => {
  const { err, exitCode } = await assay(["search", "--benchmark", "digits201", "--median-rule", "accuracy"]);
  expect(exitCode).toBe(2);
  expect(err).toContain("--median-rule belongs to --command and --queue");
});

test("a training that the median rule stops is no sign of a broken script", async () => {
  // Worse with each trial, so that each but the first is stopped after its first epoch.
  const script = `console.log('{"epoch":1,"accuracy":' + -process.env.ASSAY_TRIAL + '}'); setTimeout(() => console.log('{"accuracy":1}'), 60_000 * (process.env.ASSAY_TRIAL > 0));`;
  const rule = ["--median-rule", "accuracy:after=1,least=1", "--batch", "1", "--retries", "0"];
  const all = [...rule, "--study", "stopped", ...logs()];
  await search(...all, "--budget", "1", "--", process.execPath, "-e", script);
  const { out } = await assay(["resume", "stopped", ...place(), "--budget", "8", "--json"]);
  expect(JSON.parse(out)).toMatchObject({ queries: 8, failures: 7, ended: "budget" });
});
