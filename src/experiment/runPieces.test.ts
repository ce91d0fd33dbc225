import { expect, test } from "vitest";
import { countStep, mustStop } from "./control.js";
import { runPieces } from "./runPieces.js";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("outputs come in the order of the pieces, never more at a time than threads", async () => {
  let running = 0;
  let most = 0;
  const outputs = await runPieces({
    pieces: [5, 1, 4, 2, 3],
    steps: 5,
    threads: 2,
    run: async (piece) => {
      most = Math.max(most, ++running);
      await pause(piece);
      running--;
      return piece * 10;
    },
  });
  expect(outputs).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test("a stop reaches running pieces and what was finished remains", async () => {
  const stop = new AbortController();
  const outputs = await runPieces({
    pieces: [0, 1, 2, 3, 4],
    steps: 5,
    threads: 1,
    signal: stop.signal,
    run: async (piece, control) => {
      if (piece === 2) stop.abort();
      await pause(1);
      return mustStop(control) ? undefined : piece;
    },
  });
  expect(outputs.slice(0, 2)).toEqual([0, 1]);
  expect(outputs.slice(2)).toStrictEqual([undefined, undefined, undefined]);
});

test("a pool that is closed by the stop is no failure", async () => {
  const stop = new AbortController();
  const outputs = await runPieces({
    pieces: [0, 1],
    steps: 2,
    threads: 1,
    signal: stop.signal,
    run: async (piece) => {
      if (piece === 0) return piece;
      stop.abort();
      throw new Error("pool closed");
    },
  });
  expect(outputs).toEqual([0, undefined]);
});

test("a failure ends the experiment and nothing new is started", async () => {
  const begun: number[] = [];
  const running = runPieces({
    pieces: [0, 1, 2, 3],
    steps: 4,
    threads: 2,
    run: async (piece) => {
      begun.push(piece);
      await pause(1);
      if (piece === 0) throw new Error("broken");
      return piece;
    },
  });
  await expect(running).rejects.toThrow("broken");
  await pause(5);
  expect(begun).toEqual([0, 1]);
});

test("progress counts steps and runs", async () => {
  const reports: [number, number][] = [];
  await runPieces({
    pieces: [0, 1],
    steps: 4,
    threads: 1,
    onProgress: ({ stepsDone, runsDone }) => reports.push([stepsDone, runsDone]),
    run: async (_piece, control) => {
      countStep(control);
      countStep(control);
      return true;
    },
  });
  expect(reports).toEqual([
    [2, 1],
    [4, 2],
  ]);
});
