/**
 * What a study costs: recording, asking, opening and showing 100,000 trials, and asking with 1,000 pending ones:
 *
 *   node bench/run.mjs study [record|pending] [--trials 100000] [--folder DIR]
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGenerator } from "../src/random/index.js";
import { createChoiceSpace } from "../src/space/choice/index.js";
import { createNasBench201 } from "../src/space/index.js";
import { strategies } from "../src/strategy/index.js";
import { keepStudy } from "../src/study/openStudy.js";
import { processOwner } from "../src/study/owner.js";
import { openSqliteStorage } from "../src/study/storage/sqlite/sqliteStorage.js";
import { setUpStrategy } from "../src/study/strategySetup.js";
import type { Study } from "../src/study/study.js";

const [what = "all", ...rest] = process.argv.slice(2);
const option = (name: string): string | undefined => rest[rest.indexOf(name) + 1 || rest.length];
const BATCH = 10;
const FINISHED = 100;
const PENDING = 1000;

function print(name: string, value: number, unit: string): void {
  console.log(`${name.padEnd(58)}${value.toFixed(value < 10 ? 3 : 1).padStart(10)} ${unit}`);
}

async function timed<Result>(act: () => Result | Promise<Result>): Promise<{ result: Result; milliseconds: number }> {
  const started = performance.now();
  const result = await act();
  return { result, milliseconds: performance.now() - started };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

/** One study of many trials, each with two metrics and a curve of 20 epochs. */
async function record(folder: string): Promise<void> {
  const count = Number(option("--trials") ?? 100_000);
  const path = join(folder, "bench.db");
  const space = createChoiceSpace({
    name: "bench",
    parameters: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`parameter${i}`, [1, 2, 3, 4, 5, 6]])),
  });
  const open = (): Study =>
    keepStudy({
      ...{ name: "bench", storage: openSqliteStorage(path), owner: processOwner(), mode: "either" },
      ...{
        setup: setUpStrategy({ space, strategy: "random", seed: 1 }),
        subject: "bench",
        strategy: "random",
        budget: count,
      },
    });
  let study = open();
  const dice = createGenerator(1);
  const asks: number[] = [];
  const tells: number[] = [];
  const started = performance.now();
  while (study.size < count) {
    const { result: asked, milliseconds } = await timed(() => study.ask(BATCH));
    asks.push(milliseconds);
    for (const { trial } of asked) {
      const result = {
        ...{ label: dice.uniform(), metrics: { test: dice.uniform(), loss: dice.uniform() } },
        curves: { loss: Array.from({ length: 20 }, () => Math.round(dice.uniform() * 1e4) / 1e4) },
      };
      tells.push((await timed(() => study.tell(trial, result))).milliseconds);
    }
    if (study.size % 20_000 === 0) {
      const last = asks.slice(-200);
      print(`ask(${BATCH}) at ${study.size} trials, median`, median(last), "ms");
      print(`ask(${BATCH}) at ${study.size} trials, worst of 200`, Math.max(...last), "ms");
    }
  }
  print("per trial in all: ask, begin, result", (performance.now() - started) / count, "ms");
  print("tell, median", median(tells), "ms");
  study.close();
  const opened = await timed(open);
  print("open again and go on, whole file checked", opened.milliseconds, "ms");
  study = opened.result;
  const singles: number[] = [];
  for (let i = 0; i < 20; i++) singles.push((await timed(() => study.ask(1))).milliseconds);
  print("ask(1), median of 20", median(singles), "ms");
  print("ask(1), worst of 20", Math.max(...singles), "ms");
  study.close();
  const reader = await timed(() => openSqliteStorage(path, { mustExist: true }));
  print("open as a reader", reader.milliseconds, "ms");
  const storage = reader.result;
  print("summary (counts, best)", (await timed(() => storage.find("bench"))).milliseconds, "ms");
  const top = await timed(() => storage.trials("bench", { order: "label", count: 10 }));
  print("ten best trials", top.milliseconds, "ms");
  print(
    "all trials without curves",
    (await timed(() => storage.trials("bench", { curves: false }))).milliseconds,
    "ms",
  );
  print("all trials", (await timed(() => storage.trials("bench"))).milliseconds, "ms");
  storage.close();
  print("file", statSync(path).size / 1e6, "MB");
}

/** `ask` while many trials are being evaluated. */
async function pending(): Promise<void> {
  for (const name of Object.keys(strategies)) {
    if (option("--strategy") !== undefined && option("--strategy") !== name) continue;
    const space = createNasBench201();
    const study = keepStudy({
      ...{ name, storage: openSqliteStorage(join(folder, `${name}.db`)), owner: processOwner() },
      ...{
        setup: setUpStrategy({ space, strategy: name, seed: 1 }),
        subject: "nasbench201",
        strategy: name,
        budget: 0,
      },
    });
    const dice = createGenerator(2);
    const label = (text: string): number => 70 + 10 * createGenerator(text).uniform() + dice.uniform();
    for (const { trial, text } of await study.ask(FINISHED)) study.tell(trial, label(text));
    const filling = await timed(() => study.ask(PENDING));
    const asks: number[] = [];
    for (let i = 0; i < 7; i++) asks.push((await timed(() => study.ask(1))).milliseconds);
    print(`${name}: ask(${PENDING}) after ${FINISHED}`, filling.milliseconds, "ms");
    print(`${name}: ask(1) with ${PENDING} pending, median`, median(asks), "ms");
    print(`${name}: ask(1) with ${PENDING} pending, worst`, Math.max(...asks), "ms");
    const late: number[] = [];
    for (let i = 0; i < 7; i++) {
      study.tell(FINISHED + i, label(`${i}`));
      late.push((await timed(() => study.ask(1))).milliseconds);
    }
    print(`${name}: ask(1) after a result, median`, median(late), "ms");
    study.close();
  }
}

const folder = mkdtempSync(join(option("--folder") ?? tmpdir(), "assay-study-"));
try {
  if (what !== "pending") await record(folder);
  if (what !== "record") await pending();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
