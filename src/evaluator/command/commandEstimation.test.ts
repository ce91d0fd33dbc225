import { expect, it } from "vitest";
import { evaluationSpace as space } from "../../../test/fixtures/evaluationSpace.js";
import { createCatalogue } from "../../space/catalogue.js";
import { type CommandEstimationOptions, createCommandEstimation } from "./commandEstimation.js";

const catalogue = createCatalogue(space);
const GOOD = catalogue.idOf(space.parse("kernel=5,block=conv,depth=2"));
const FAILS = catalogue.idOf(space.parse("kernel=3,block=conv,depth=2"));

/** Reports the seed of the task as a loss, goes on for ever, and crashes for one kernel. */
const script = `
  const task = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  if (task.parameters.kernel === 3) throw new Error("no kernel");
  for (let epoch = 1; epoch <= 9; epoch++) console.log(JSON.stringify({ epoch, loss: task.epochs / epoch, seed: task.seed }));
  setInterval(() => {}, 1000);`;

function create(changes: Partial<CommandEstimationOptions> = {}) {
  const command = [process.execPath, "-e", script];
  return createCommandEstimation({
    command,
    grace: 0.2,
    catalogue,
    seed: 1,
    code: { epochs: 2, share: 0.2 },
    ...changes,
  });
}

it("takes the first epochs, ends the process, and gives NaN where it failed", async () => {
  const estimation = create({ parallel: 2 });
  expect(estimation).toMatchObject({ name: "losses", length: 2, cost: 0.2 });
  const codes = await estimation.of([GOOD, FAILS]);
  expect([codes.rows, codes.columns, ...codes.data]).toEqual([2, 2, 2, 1, Number.NaN, Number.NaN]);
});

it("gives an architecture the same seed whenever it is asked", async () => {
  const code = { epochs: 1, series: "seed" };
  const [first] = (await create({ code }).of([GOOD])).data;
  expect((await create({ code }).of([FAILS, GOOD])).data[1]).toBe(first);
  expect((await create({ code, seed: 2 }).of([GOOD])).data[0]).not.toBe(first);
});

it("says so where nothing comes, or the series has another name", async () => {
  const ids = Array.from({ length: 8 }, (_, id) => id);
  const cases: [output: string, series: string, message: string][] = [
    [
      '{"epoch": 1, "error": 1}',
      "",
      "the epochs report error; expected train_loss or loss (or name one: losses:series=NAME)",
    ],
    ['{"epoch": 1, "error": 1}', "loss", "the epochs report error; expected loss"],
    ['{"epoch": 1, "loss": 1}', "", "loss must be a number in each of 2 epochs, got 1"],
    ['{"accuracy": 1}', "", "no epochs were reported; expected train_loss"],
  ];
  for (const [output, series, message] of cases) {
    const codes = create({ command: ["echo", output], code: { epochs: 2, series } }).of(ids);
    await expect(codes).rejects.toThrow(`The first 5 estimation codes all failed; the last with: ${message}`);
  }
  const crashing = create({ command: ["sh", "-c", "echo no kernel >&2; exit 3"] }).of(ids);
  await expect(crashing).rejects.toThrow("all failed; the last with: exited with 3: no kernel");
});

it("stops with the search, and never takes that for a code", async () => {
  const controller = new AbortController();
  const codes = create({
    command: [process.execPath, "-e", "setInterval(() => {}, 1000)"],
    signal: controller.signal,
  }).of([GOOD]);
  controller.abort();
  await expect(codes).rejects.toThrow("stopped");
});

it("refuses options that it does not have", () => {
  expect(() => create({ code: { epoch: 1 } })).toThrow('losses has no option "epoch"');
  expect(() => create({ command: ["no-such-program"] })).toThrow("There is no program");
});
