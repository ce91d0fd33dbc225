import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { evaluationRequest, evaluationSpace } from "../../../test/fixtures/evaluationSpace.js";
import { AssayError } from "../../errors.js";
import { evaluatorConformance } from "../conformance.js";
import type { EpochReport, EvaluationRequest, EvaluationResult } from "../contract.js";
import { evaluationTaskSchema } from "../task.js";
import { createCommandEvaluator } from "./commandEvaluator.js";
import type { CommandEvaluatorOptions } from "./commandOptions.js";

const work = mkdtempSync(join(tmpdir(), "assay-command-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs a script of Node with the task in `task` and `print` for JSON lines. */
function run(
  script: string,
  request: Partial<EvaluationRequest> = {},
  options: Partial<CommandEvaluatorOptions> = {},
): Promise<EvaluationResult> {
  const start = 'const { readFileSync } = require("node:fs"); const print = (o) => console.log(JSON.stringify(o));';
  const command = [process.execPath, "-e", `${start}${script}`];
  return createCommandEvaluator({ command, grace: 0.2, ...options }).evaluate(evaluationRequest(request));
}

describe("conformance", () => {
  const script = 's/.*"flops":\\([0-9]*\\).*/{"label":\\1}/p';
  const create = () => createCommandEvaluator({ command: ["sed", "-n", script], grace: 0.2 });
  for (const { name, skip, run } of evaluatorConformance(create, evaluationSpace, { samples: 2 }))
    it.skipIf(skip)(name, run);
});

describe("what a process is told", () => {
  it("stands on its input, in a file and in variables", async () => {
    const script = `
      const { ASSAY_TASK, ASSAY_TRIAL, ASSAY_SEED, OWN, PYTHONUNBUFFERED } = process.env;
      const input = readFileSync(0, "utf8");
      console.error("TASK " + ASSAY_TASK + " " + input);
      print({ label: Number(input === readFileSync(ASSAY_TASK, "utf8")), trial: Number(ASSAY_TRIAL), seed: Number(ASSAY_SEED), own: Number(OWN), unbuffered: Number(PYTHONUNBUFFERED) });`;
    const result = await run(script, {}, { logFolder: work, study: "first", environment: { OWN: "5" } });
    expect(result).toEqual({
      label: 1,
      metrics: { trial: 7, seed: 11, own: 5, unbuffered: 1 },
      log: join(work, "trial-00007.log"),
    });
    const [, path, input] = /^TASK (\S+) (.*)/m.exec(readFileSync(result.log!, "utf8"))!;
    expect(evaluationTaskSchema.parse(JSON.parse(input))).toEqual({
      schema: 1,
      study: "first",
      trial: 7,
      attempt: 0,
      seed: 11,
      space: evaluationSpace.name,
      architecture: "kernel=5,block=conv,depth=2",
      parameters: { kernel: 5, block: "conv", depth: 2 },
      cost: { flops: 50 },
    });
    expect(existsSync(path)).toBe(false);
  });

  it("has a number that no other has at the same time", async () => {
    const command = ["sh", "-c", 'sleep 0.2; echo "{\\"label\\":$ASSAY_SLOT}"'];
    const evaluator = createCommandEvaluator({ command });
    const together = await Promise.all([0, 1, 2].map((trial) => evaluator.evaluate(evaluationRequest({ trial }))));
    expect(together.map(({ label }) => label)).toEqual([0, 1, 2]);
    expect((await evaluator.evaluate(evaluationRequest())).label).toBe(0);
  });

  it("may be ignored", async () => {
    expect(await run("process.stdin.destroy(); print({ label: 3 })")).toEqual({ label: 3 });
  });
});

describe("what a process prints", () => {
  it("gives label, metrics and curves, whatever else it says", async () => {
    const script = `
      console.log("epoch 1 of 2"); console.log('{"level":"info"}'); console.log("{broken");
      console.log('{"epoch":1,"train_loss":NaN,"lr":0.1}'); print({ epoch: 3, train_loss: 1.5 }); print({ epoch: 2, train_loss: 2 });
      print({ accuracy: 1 }); process.stdout.write('{"accuracy":93.1,"test":92,"device":"cpu"}');`;
    expect(await run(script)).toEqual({
      label: 93.1,
      metrics: { test: 92 },
      curves: { train_loss: [Number.NaN, 2, 1.5], lr: [0.1] },
    });
  });

  it("is heard as it comes", async () => {
    const heard: EpochReport[] = [];
    const onEpoch = (report: EpochReport) => {
      heard.push(report);
      return "continue" as const;
    };
    await run("print({ epoch: 1, loss: 2 }); print({ epoch: 2, loss: 1, accuracy: 50 }); print({ label: 1 })", {
      onEpoch,
    });
    expect(heard).toEqual([
      { epoch: 1, values: { loss: 2 } },
      { epoch: 2, values: { loss: 1, accuracy: 50 } },
    ]);
  });

  it("may be huge, without ends of lines, and no UTF-8", async () => {
    const script = `
      const block = Buffer.alloc(1 << 20, 0xff);
      (async () => {
        for (let i = 0; i < 24; i++) await new Promise((done) => process.stdout.write(block, done));
        console.log(); print({ label: 5 });
      })()`;
    const result = await run(script, { trial: 1 }, { logFolder: work, logLimit: 1000 });
    expect(result.label).toBe(5);
    expect(statSync(result.log!).size).toBeLessThan(12_000);
    expect(readFileSync(result.log!, "utf8")).toMatch(/bytes left out[\s\S]*\{"label":5\}/);
  });
});

describe("failures", () => {
  it.each<[string, string, string | RegExp]>([
    ["crash", "echo 'RangeError: no memory' >&2; exit 1", "exited with 1: RangeError: no memory"],
    ["crash after the answer", "echo '{\"label\":1}'; exit 3", "exited with 3"],
    ["silence", "exit 0", 'exited with 0 but printed no answer: print {"accuracy": number} as the last line'],
    ["epochs alone", 'echo \'{"epoch":1,"accuracy":9}\'', /^reported 1 epoch but no answer: print .* without "epoch"$/],
    ["NaN", "echo '{\"accuracy\": NaN}'", "accuracy is NaN"],
    ["text as label", 'echo \'{"label":"good"}\'', 'label must be a number, got the text "good"'],
    ["epoch 0", "echo '{\"epoch\":0}'; sleep 60", '"epoch" must be a whole number from 1, got 0'],
    ["signal", "kill -s SEGV $$", "ended by SIGSEGV"],
    ["no memory", "kill -s KILL $$", /memory is short/],
  ])("%s", async (_, script, failure) => {
    const evaluator = createCommandEvaluator({ command: ["sh", "-c", script] });
    const result = await evaluator.evaluate(evaluationRequest());
    expect(result.label).toBeNaN();
    expect(result.failure).toMatch(failure);
    // What was measured would come again; a crash may not.
    expect(result.isFinal === true).toBe(failure === "accuracy is NaN");
  });

  it("an error that a script throws", async () => {
    expect((await run('throw new RangeError("no memory")')).failure).toBe("exited with 1: RangeError: no memory");
  });

  it("a listener that throws ends the process", async () => {
    const onEpoch = () => {
      throw new Error("disk full");
    };
    const result = await run("print({ epoch: 1 }); setInterval(() => {}, 1000)", { onEpoch });
    expect(result.failure).toBe("its epochs could not be taken: disk full");
  });
});

describe("a process that is ended", () => {
  const endless =
    'process.on("SIGTERM", () => {}); print({ epoch: 1, loss: 2 }); print({ epoch: 2, loss: 1 }); setInterval(() => {}, 1000)';

  it("because the time is over, though it ignores SIGTERM", async () => {
    const result = await run("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", {}, { timeout: 0.3 });
    expect(result).toEqual({ label: Number.NaN, failure: "took longer than 0.3 s", isFinal: true });
  });

  it("because its epochs are bad", async () => {
    const onEpoch = ({ epoch }: EpochReport) => (epoch === 1 ? ("continue" as const) : ("stop" as const));
    expect(await run(endless, { onEpoch })).toEqual({
      label: Number.NaN,
      failure: "stopped after epoch 2 as not worth its time",
      isFinal: true,
      curves: { loss: [2, 1] },
    });
  });

  it("because the search stops or the evaluator is closed", async () => {
    const controller = new AbortController();
    const onEpoch = () => {
      controller.abort();
      return "continue" as const;
    };
    expect((await run(endless, { signal: controller.signal, onEpoch })).failure).toBe("cancelled");
    const evaluator = createCommandEvaluator({
      command: [process.execPath, "-e", "setInterval(() => {}, 1000)"],
    });
    const running = evaluator.evaluate(evaluationRequest());
    await evaluator.close?.();
    expect((await running).failure).toBe("cancelled");
  });

  it("keeps another log for another attempt", async () => {
    const result = await run("print({ label: 1 })", { attempt: 1 }, { logFolder: work });
    expect(result.log).toBe(join(work, "trial-00007-attempt-2.log"));
  });
});

describe("refusals", () => {
  it.each<[Partial<CommandEvaluatorOptions>, RegExp]>([
    [{ command: [] }, /A command is a program and its arguments/],
    [{ command: ["no-such-program"] }, /no program "no-such-program"/],
    [{ timeout: 0 }, /"timeout" of command must be above 0/],
    [{ grace: -1 }, /"grace" of command/],
    [{ logLimit: 0.5 }, /"logLimit" of command/],
    [{ workingFolder: "no-such-folder" }, /there is no folder/],
  ])("%j", (options, message) => {
    const create = () => createCommandEvaluator({ command: [process.execPath], ...options });
    expect(create).toThrow(AssayError);
    expect(create).toThrow(message);
  });
});
